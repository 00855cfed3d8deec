/// The messages of the vfio-user protocol: bytes to sealed records and back, fully validated.
///
/// Spec: vfio-user protocol specification (QEMU, docs/interop/vfio-user.rst), protocol version 0.0.
///
/// Enter at [Request#read][igdrom.vfiouser.wire.Request]. A message that breaks a rule is a
/// [RefusedException][igdrom.vfiouser.wire.RefusedException] with the errno of the reply. Only an
/// invalid message size is a [MalformedImageException][igdrom.bytes.MalformedImageException], since
/// nothing after it can be read. A device to serve implements
/// [PciDevice][igdrom.vfiouser.wire.PciDevice].
///
/// ```java
/// Image message = Header.command(7, new RegionRead(0, RegionInfo.PCI_CONFIG, 4));
/// Header header = Header.read(message);
/// Request request = Request.read(header, message.from(Header.SIZE), 0);
/// Image reply = header.reply(new Reply.Refused(Errno.EINVAL));
/// ```
///
/// Not supported: migration (its messages are read, and the server refuses them), dirty page
/// logging, twin sockets, big-endian hosts.
@NullMarked
package igdrom.vfiouser.wire;

import org.jspecify.annotations.NullMarked;
