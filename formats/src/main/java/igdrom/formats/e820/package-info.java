/// The map of a guest's memory that a hypervisor gives to its firmware, as the file `etc/e820` of
/// fw_cfg.
///
/// Spec: ACPI 6.5, 15.1 (INT 15H, E820H), table 15.3; QEMU, hw/i386/e820_memory_layout.h.
///
/// ```java
/// E820Map map = E820Map.read(file, Location.root("e820"));
/// ```
@NullMarked
package igdrom.formats.e820;

import org.jspecify.annotations.NullMarked;
