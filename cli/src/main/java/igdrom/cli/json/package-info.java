/// JSON text for the command line: [JacksonFormat] implements [igdrom.json.JsonFormat] with
/// Jackson, which no other room uses for it.
///
/// ```java
/// JsonFormat format = new JacksonFormat();
/// String text = format.print(JsonValue.of("igdrom"), JsonFormat.Layout.COMPACT);
/// ```
@NullMarked
package igdrom.cli.json;

import org.jspecify.annotations.NullMarked;
