package igdrom.json;

import igdrom.bytes.Image;

/// Parses and prints JSON. Implementations keep to RFC 8259 strictly: no comments, no trailing
/// commas, nothing after the value.
public interface JsonFormat {
    /// The maximum nesting of a parsed document. The documents of igdrom have five levels.
    int MAX_DEPTH = 16;

    /// How a document is printed.
    enum Layout {
        /// On one line, without spaces.
        COMPACT,
        /// One member a line, for documents that people read and edit.
        INDENTED
    }

    /// Parses a document in UTF-8.
    ///
    /// @param name of the file, for messages
    /// @throws MalformedJsonException when it is not JSON, is nested more than [#MAX_DEPTH] levels
    ///   deep, has an object with two members of the same name, or has a number that is not whole
    ///   or exceeds 64 bits
    LocatedValue parse(Image document, String name);

    /// Prints a value, without a line end after it. Characters that control a terminal or change
    /// the direction of text are escaped as in [JsonEscapes#escapeControls(String)].
    String print(JsonValue value, Layout layout);
}
