/// PCI identity.
///
/// Spec: PCI Local Bus 3.0, "Configuration Space". Enter at [PciId][igdrom.formats.pci.PciId].
@NullMarked
package igdrom.formats.pci;

import org.jspecify.annotations.NullMarked;
