package igdrom.firmware;

import java.util.List;

/// A part of an image and what is in it, for people to look at.
///
/// @param label what it is, with names as they stand in the image: not fit for a terminal unescaped
/// @param offset from the start of the part around it, or of the unpacked data
/// @param size in bytes; of unpacked data, the unpacked size
/// @param holdsArtifacts whether a GOP, VBT or VGA BIOS is in it
public record Node(
        Type type,
        String label,
        long offset,
        long size,
        boolean holdsArtifacts,
        List<Node> children) {

    /// What a part is.
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
