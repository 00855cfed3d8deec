/// A QEMU that can host the virtual IGD, an OVMF for it, and a Linux kernel: found on this machine,
/// or fetched from Debian's archive into a directory of our own.
///
/// Enter at [igdrom.bench.setup.Tools], which looks, and [igdrom.bench.setup.Setup], which fetches:
///
/// ```java
/// Environment environment = Environment.ofMachine();
/// List<Component> missing =
///         Setup.missing(environment, Tools.find(environment), false, false);
/// Setup.of(environment, listener).fetch(missing, "");
/// Qemu qemu = Tools.find(environment).qemu().orElseThrow();
/// ```
///
/// A fetched QEMU is started by the loader and with the libraries fetched along with it.
///
/// Not supported: processors other than x86-64.
@NullMarked
package igdrom.bench.setup;

import org.jspecify.annotations.NullMarked;
