/// A signed archive on this machine, for the tests of fetching.
package igdrom.fetch.testing;
