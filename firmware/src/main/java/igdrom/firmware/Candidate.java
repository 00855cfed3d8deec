package igdrom.firmware;

import igdrom.bytes.Image;

/// A location in searched data where a structure appears to begin.
///
/// @param data the searched data
/// @param offset the start of the structure in `data`
/// @param marks the texts of GOPs in `data`
record Candidate(Image data, long offset, GopMarks marks) {
    /// The data from the structure's start to the end of the searched data.
    Image image() {
        return data.from(offset);
    }
}
