/// A QEMU that can host the virtual IGD, an OVMF for it, and a Linux kernel: found on this machine,
/// or fetched from Debian's archive into igdrom's own directory.
///
/// Enter at [igdrom.bench.setup.Tools], which finds them, and [igdrom.bench.setup.Setup], which
/// fetches what is missing:
///
/// ```java
/// Environment environment = Environment.ofMachine();
/// Tools tools = Tools.find(environment);
/// List<Component> missing =
///         Setup.missing(
///                 environment,
///                 tools,
///                 /* linux= */ false,
///                 /* host= */ false,
///                 /* firmware= */ false,
///                 /* refresh= */ false);
/// Setup.of(environment, listener).fetch(missing, "");
/// Qemu qemu = Tools.find(environment).qemu().orElseThrow();
/// ```
///
/// [igdrom.bench.setup.OvmfBuilds] are firmware for igdrom's own tests.
///
/// A fetched QEMU runs with the loader and the libraries that were fetched with it.
///
/// Not supported: processors other than x86-64.
@NullMarked
package igdrom.bench.setup;

import org.jspecify.annotations.NullMarked;
