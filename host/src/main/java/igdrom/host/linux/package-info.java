/// Reads the facts of a Linux machine below a root: `/`, or a directory with a copy of its files.
///
/// One class for each subject of the kernel; [HostReader] combines them. Each reads its files with
/// a [HostRoot], which turns a file that is missing, absurd or forbidden into an unknown fact, and
/// hands their text to a parser that needs no file.
///
/// ```java
/// Snapshot host = new HostReader(HostRoot.of(Path.of("/"))).read("example");
/// ```
///
/// Nothing is written, no device is opened but `/dev/mem`, and only the kernel log needs another
/// program. Not read: `/dev/vfio`, the ACPI tables but DMAR, the memory of the device.
@NullMarked
package igdrom.host.linux;

import org.jspecify.annotations.NullMarked;
