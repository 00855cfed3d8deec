/// JSON as immutable values: [JsonObject], [JsonArray], [JsonString], [JsonNumber], [JsonBoolean],
/// [JsonNull].
///
/// Spec: RFC 8259, in UTF-8.
///
/// Enter at [JsonObject#builder()] to write, at [LocatedValue] to read. Text is parsed and printed
/// by a [JsonFormat], which the program at the top of the house provides: the command line has one
/// made of a library, a page in a browser has the browser's own.
///
/// ```java
/// JsonObject rom = JsonObject.builder().put("device", "8086:46d1").put("size", 65536).build();
/// String text = format.print(rom, JsonFormat.Layout.COMPACT);
/// LocatedValue parsed = format.parse(Image.ofAscii(text), "rom.json");
/// long size = parsed.required("size").number(); // else: "rom.json: size: is not a whole number"
/// ```
///
/// Not supported: numbers with a fraction or an exponent, numbers beyond 64 bits, an object with
/// two members of the same name.
@NullMarked
package igdrom.json;

import org.jspecify.annotations.NullMarked;
