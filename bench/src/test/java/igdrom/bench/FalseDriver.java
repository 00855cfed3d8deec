package igdrom.bench;

import java.util.List;

/// A driver that is wrong in one way: igdrom's own with a few lines replaced.
///
/// @param fault what is wrong with it
/// @param guest in which it is tested
/// @param check that has to fail
record FalseDriver(String fault, Guest guest, String check, List<Patch> patches) {
    FalseDriver {
        patches = List.copyOf(patches);
        if (patches.isEmpty()) {
            throw new IllegalArgumentException(fault + ": nothing is replaced");
        }
    }

    /// A replacement in a source file.
    ///
    /// @param before occurs exactly once in the file
    record Patch(String file, String before, String after) {
        String apply(String text) {
            int at = text.indexOf(before);
            if (at < 0 || text.indexOf(before, at + 1) >= 0) {
                throw new AssertionError(
                        "%s: a patch needs this text exactly once, it is there %s: %s"
                                .formatted(file, at < 0 ? "nowhere" : "more often", before));
            }
            return text.substring(0, at) + after + text.substring(at + before.length());
        }
    }

    /// The guests that false drivers are tested in.
    enum Guest {
        /// Coffee Lake on q35, without a GOP.
        PLAIN,
        /// Alder Lake on q35, with a GOP that draws.
        GOP,
        /// Meteor Lake, which needs no stolen memory in a guest.
        METEOR_LAKE,
    }
}
