package igdrom.plan;

import igdrom.bytes.Image;

/// What became of the VBT in the OpRegion of a ROM.
///
/// @param original the VBT before its outputs were switched off, empty when none were
/// @param policy the VBT that the GOP gets instead of the OpRegion's, empty for that one
public record PlannedVbt(Image original, Image policy) {
    /// The VBT as it was found, for everybody.
    public static final PlannedVbt UNCHANGED = new PlannedVbt(Image.EMPTY, Image.EMPTY);
}
