/// The identity of PCI functions.
///
/// Spec: PCI Local Bus 3.0, "Configuration Space".
///
/// ```java
/// PciId id = PciId.of("8086:46d4"); // vendor and device, as `lspci -nn` prints them
/// boolean alderLakeN = id.isIntel(0x46d0, 0x46d4);
/// ```
///
/// Not supported: subsystem ids and the other fields of configuration space.
@NullMarked
package igdrom.formats.pci;

import org.jspecify.annotations.NullMarked;
