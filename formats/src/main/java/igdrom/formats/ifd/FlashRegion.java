package igdrom.formats.ifd;

/// A region of the flash.
///
/// @param index in the region table
/// @param offset of the first byte, from the start of the flash
/// @param end the offset after the last byte
public record FlashRegion(int index, long offset, long end) implements Comparable<FlashRegion> {
    /// Source: coreboot util/ifdtool. Not all chipsets have the later regions; these are the names
    /// on those that do.
    private static final String[] NAMES = {
        "Descriptor",
        "BIOS",
        "ME",
        "GbE",
        "PDR",
        "DevExp1",
        "BIOS2",
        "Microcode",
        "EC",
        "DevExp2",
        "IE",
        "10GbE1",
        "10GbE2",
        "Region13",
        "Region14",
        "PTT"
    };

    public FlashRegion {
        if (index < 0 || index >= NAMES.length || offset < 0 || end <= offset) {
            throw new IllegalArgumentException(
                    String.format("invalid region %d from 0x%x to 0x%x", index, offset, end));
        }
    }

    /// By offset.
    @Override
    public int compareTo(FlashRegion other) {
        int order = Long.compare(offset, other.offset);
        order = order != 0 ? order : Long.compare(end, other.end);
        return order != 0 ? order : Integer.compare(index, other.index);
    }

    public String name() {
        return NAMES[index];
    }

    public long size() {
        return end - offset;
    }
}
