/// Serves a [Device][igdrom.vfiouser.wire.Device] to a vfio-user client: the socket, the
/// descriptors, the guest's memory, the interrupts.
///
/// Spec: vfio-user protocol specification (QEMU, docs/interop/vfio-user.rst), protocol version 0.0.
///
/// Enter at [Server][igdrom.vfiouser.server.Server], which listens, or at
/// [Connection][igdrom.vfiouser.server.Connection] with a socket that is connected already. One
/// thread serves one connection; a process may hold any number of servers.
///
/// Three things that would stop the client for good never happen here: a message is read by itself,
/// so that its descriptors stay with it; an access is answered before anything is asked of the
/// client; and while the client is asked, accesses are served on.
///
/// Not here: migration, twin sockets, devices that answer later.
@NullMarked
package igdrom.vfiouser.server;

import org.jspecify.annotations.NullMarked;
