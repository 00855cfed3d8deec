/// Bytes in, bytes out. An [Image][igdrom.bytes.Image] is an immutable view, a
/// [Cursor][igdrom.bytes.Cursor] reads it field by field, an [Emitter][igdrom.bytes.Emitter]
/// writes.
///
/// Everything is little endian and unsigned. What cannot be read is a
/// [MalformedImageException][igdrom.bytes.MalformedImageException] with place, field, found value
/// and rule; what is merely odd is a [Diagnostic][igdrom.bytes.Diagnostic].
///
/// Not here: big-endian formats, files over 1 GiB.
@NullMarked
package igdrom.bytes;

import org.jspecify.annotations.NullMarked;
