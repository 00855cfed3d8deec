package igdrom.firmware;

import java.util.List;

/// A part of an image and the parts in it, for display.
///
/// @param label a description; it contains names from the image and must be escaped for terminals
/// @param offset from the start of the enclosing part, or of the decompressed data
/// @param size in bytes; for decompressed data, the decompressed size
/// @param holdsArtifacts whether it contains a GOP, VBT or VGA BIOS
public record Node(
        Type type,
        String label,
        long offset,
        long size,
        boolean holdsArtifacts,
        List<Node> children) {

    /// The type of a part.
    public enum Type {
        FILE,
        FLASH,
        REGION,
        CAPSULE,
        UPDATE,
        VOLUME,
        FFS_FILE,
        SECTION,
        DECOMPRESSED,
        ROM,
        ROM_IMAGE,
        PROGRAM,
        VBT,
        OPREGION,
        ARCHIVE,
        DATA
    }

    public Node {
        children = List.copyOf(children);
    }
}
