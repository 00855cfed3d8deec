/// Serves a [PciDevice][igdrom.vfiouser.wire.PciDevice] to a vfio-user client such as QEMU: the
/// socket, the descriptors, guest memory and interrupts.
///
/// Spec: vfio-user protocol specification (QEMU, docs/interop/vfio-user.rst), protocol version 0.0.
///
/// Enter at [Server][igdrom.vfiouser.server.Server], which listens, or at
/// [Connection][igdrom.vfiouser.server.Connection] with a connected socket. One thread serves one
/// connection; a process may run any number of servers. The smallest device is a config space with
/// ids:
///
/// ```java
/// record IdentityDevice(Memory config) implements PciDevice {
///     public DeviceLayout layout() {
///         return DeviceLayout.of(RegionInfo.plain(RegionInfo.PCI_CONFIG, config.size()));
///     }
///
///     public Reply handle(Access access) {
///         return switch (access) {
///             case RegionRead read ->
///                     new RegionData(read, config.image(read.offset(), read.count()));
///             case RegionWrite _, DeviceReset _ -> new Reply.Done(); // it is read-only
///         };
///     }
/// }
///
/// Memory config = Memory.ofSize(256);
/// config.putU32(0, 0x11e8_1234);
/// Server server = Server.listen(socket, new IdentityDevice(config), Map.of());
/// ```
///
/// QEMU attaches it with `-device {"driver":"vfio-user-pci","socket":{"type":"unix","path":"…"}}`.
///
/// The server never blocks its client for good: it reads one message at a time, so that descriptors
/// stay with their message; it replies to an access before it sends a request of its own; and it
/// keeps serving accesses while it waits for a reply.
///
/// Not supported: migration, twin sockets, devices that reply later.
@NullMarked
package igdrom.vfiouser.server;

import org.jspecify.annotations.NullMarked;
