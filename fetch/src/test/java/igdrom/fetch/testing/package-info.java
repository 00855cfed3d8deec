/// A signed archive on this machine, for the tests of fetching; and a QEMU that tests fetch.
package igdrom.fetch.testing;
