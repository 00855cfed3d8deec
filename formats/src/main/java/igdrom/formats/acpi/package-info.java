/// Tables of ACPI that describe the IOMMU and where config space is.
///
/// Spec: ACPI 6.5, 5.2.6 (header of a table); Intel VT-d 4.1, 8 (DMAR); PCI Firmware 3.3, 4.1.2
/// (MCFG).
///
/// ```java
/// Dmar dmar = Dmar.read(file, Location.root("DMAR"));
/// int width = dmar.addressWidth(); // 39
/// ```
///
/// Not supported: AML; tables that nothing here needs.
@NullMarked
package igdrom.formats.acpi;

import org.jspecify.annotations.NullMarked;
