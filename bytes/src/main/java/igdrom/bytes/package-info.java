/// Reading and writing bytes, with error messages that say where the input is wrong.
///
/// An [Image][igdrom.bytes.Image] is an immutable view of bytes; a [Cursor][igdrom.bytes.Cursor]
/// reads it field by field; an [Emitter][igdrom.bytes.Emitter] writes. Everything is little endian
/// and unsigned. Input that cannot be read throws a
/// [MalformedImageException][igdrom.bytes.MalformedImageException]; input that is readable but
/// wrong adds a [Diagnostic][igdrom.bytes.Diagnostic] to the
/// [Diagnostics][igdrom.bytes.Diagnostics] that the reader was given. Both name location, offset,
/// field, found value and rule:
///
/// ```java
/// Cursor in = new Cursor(Image.load(Path.of("igd.rom")), Location.root("igd.rom"));
/// in.expectU16("Signature", 0xaa55); // igd.rom +0x0: Signature is 0x5a4d, expected 0xaa55
/// int units = in.u8("InitializationSize");
/// Image image = new Emitter().u16(0xaa55).u8(units).fillTo(512, 0).toImage();
/// ```
///
/// Not supported: big-endian fields and files larger than 1 GiB.
@NullMarked
package igdrom.bytes;

import org.jspecify.annotations.NullMarked;
