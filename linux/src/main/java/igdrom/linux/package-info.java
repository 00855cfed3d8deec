/// Linux system calls that Java does not offer: UNIX sockets that carry descriptors, mappings of
/// files, eventfd, anonymous files, devices that vfio offers.
///
/// Spec: Linux man-pages 6, sections 2 and 3, each call under its own name. Constants are those
/// that x86-64 and arm64 share.
///
/// Every descriptor has an owner that closes it, starting with
/// [Descriptor][igdrom.linux.Descriptor]. A failed call throws a
/// [LinuxException][igdrom.linux.LinuxException] with the name of the call.
///
/// ```java
/// try (UnixListener listener = UnixListener.bind(path);
///         UnixSocket client = listener.accept();
///         Descriptors descriptors = new Descriptors()) {
///     Image message = client.receive(16, descriptors);
///     client.send(message, List.of());
/// }
/// ```
///
/// Not supported: other systems, ioctl but those of vfio.
@NullMarked
package igdrom.linux;

import org.jspecify.annotations.NullMarked;
