/// The messages of vfio-user: bytes to sealed records and back, validated completely.
///
/// Spec: vfio-user protocol specification (QEMU, docs/interop/vfio-user.rst), protocol version 0.0.
///
/// Enter at [Request#read][igdrom.vfiouser.wire.Request]. What breaks a rule is a
/// [RefusedException][igdrom.vfiouser.wire.RefusedException] with the errno of the reply; only a
/// message whose size cannot be believed is a
/// [MalformedImageException][igdrom.bytes.MalformedImageException], since nothing behind it can be
/// read. A device that is served implements [Device][igdrom.vfiouser.wire.Device].
///
/// Not here: migration (its messages are read, the server refuses them), dirty page logging, twin
/// sockets, big-endian hosts.
@NullMarked
package igdrom.vfiouser.wire;

import org.jspecify.annotations.NullMarked;
