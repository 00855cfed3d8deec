package igdrom.report;

import igdrom.bytes.Image;

/// A file that was read.
///
/// @param name as the user wrote it
public record ImageFile(String name, Image image) {}
