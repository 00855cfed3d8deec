/// The kernel's calls that Java has no door for: UNIX sockets that carry descriptors, mappings of
/// files, event counters, anonymous files.
///
/// Spec: Linux man-pages 6, sections 2 and 3, each call under its own name; the numbers are those
/// that x86-64 and arm64 share.
///
/// Every descriptor has an owner that closes it, first of all
/// [Descriptor][igdrom.linux.Descriptor]. A call that fails is a
/// [LinuxException][igdrom.linux.LinuxException] with the call's name.
///
/// Not here: other systems, ioctl.
@NullMarked
package igdrom.linux;

import org.jspecify.annotations.NullMarked;
