/// A QEMU that can host the virtual IGD, and an OVMF to start in it: looked for on this machine, or
/// fetched from Debian's archive into a folder of igdrom's own.
///
/// Enter at [igdrom.bench.setup.Tools], which looks, and [igdrom.bench.setup.Setup], which fetches.
///
/// Nothing is installed and nobody needs to be root: QEMU is started by the loader that was fetched
/// with it, on the libraries that were.
///
/// Not supported: other processors than x86-64, mirrors that are not spoken to by HTTP, proxies
/// that want a password before they pass on HTTPS.
@NullMarked
package igdrom.bench.setup;

import org.jspecify.annotations.NullMarked;
