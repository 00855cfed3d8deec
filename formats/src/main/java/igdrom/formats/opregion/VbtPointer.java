package igdrom.formats.opregion;

import org.jspecify.annotations.Nullable;

/// The fields `RVDA` and `RVDS`, the unchecked address and size of a VBT outside mailbox 4.
///
/// Source: Linux, intel_opregion.c, `intel_opregion_setup`: used from version 2.0 on, when mailbox
/// 3 is present and neither field is 0.
///
/// @param relative `address` counts from the start of the OpRegion (2.1 and later); otherwise it is
///   a physical address (2.0)
/// @param address unsigned
public record VbtPointer(boolean relative, long address, long size) {
    /// The pointer, or null when it is not used.
    static @Nullable VbtPointer of(OpRegionHeader header, AsleMailbox asle) {
        boolean used =
                header.isAtLeast(2, 0)
                        && header.has(Mailbox.ASLE)
                        && asle.vbtAddress() != 0
                        && asle.vbtSize() != 0;
        return used
                ? new VbtPointer(header.isAtLeast(2, 1), asle.vbtAddress(), asle.vbtSize())
                : null;
    }
}
