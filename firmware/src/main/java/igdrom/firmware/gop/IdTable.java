package igdrom.firmware.gop;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import java.util.ArrayList;
import java.util.List;

/// The table of device ids that a GOP drives: u16 values one after the other.
///
/// Observed: in 24 drivers from Sandy Bridge to Meteor Lake it stands soon after the texts
/// "Intel(R) GOP Driver" and "… Graphics Controller", which are in buffers of fixed size. It has no
/// terminator; release builds have the text of the major version behind it, with zeros up to the
/// next multiple of eight between. Some tables list ids that no device has (ff20 9940 cafe).
///
/// @param offset in the executable
record IdTable(long offset, List<PciId> ids) {
    /// How many bytes of zeros there may be between the table and the major version.
    static final int MOST_PADDING = 32;

    /// The largest table seen has 87 ids.
    static final int MOST_IDS = 512;

    /// A buffer for a name has 0x92 bytes at most.
    private static final int WINDOW = 0x400;

    IdTable {
        ids = List.copyOf(ids);
    }

    static final IdTable NONE = new IdTable(-1, List.of());

    long end() {
        return offset < 0 ? -1 : offset + 2L * ids.size();
    }

    /// The first table with a known device after `from`, the end of the names: for a driver whose
    /// code [IdLoop] does not understand. It may take neighbours of the table for ids.
    static IdTable after(Image image, long from) {
        long to = Math.min(image.size() - 1, from + WINDOW);
        for (long at = from; at < to; at += 2) {
            if (!isId(image.u16(at))) {
                continue;
            }
            long end = at;
            while (end < to && end - at < 2L * MOST_IDS && isId(image.u16(end))) {
                end += 2;
            }
            IdTable table = table(image, at, end);
            if (table.hasKnownDevice() && distinct(image, at, end)) {
                return table;
            }
            at = end;
        }
        return NONE;
    }

    private boolean hasKnownDevice() {
        for (PciId id : ids) {
            if (Knowledge.knows(id)) {
                return true;
            }
        }
        return false;
    }

    static IdTable table(Image image, long start, long end) {
        List<PciId> ids = new ArrayList<>();
        for (long at = start; at < end; at += 2) {
            ids.add(PciId.intel(image.u16(at)));
        }
        return new IdTable(start, ids);
    }

    static boolean allIds(Image image, long start, long end) {
        for (long at = start; at < end; at += 2) {
            if (!isId(image.u16(at))) {
                return false;
            }
        }
        return true;
    }

    /// No graphics device has an id below 0100; characters of a text have values below that.
    private static boolean isId(int value) {
        return value >= 0x0100;
    }

    private static boolean distinct(Image image, long start, long end) {
        for (long one = start; one < end; one += 2) {
            for (long other = one + 2; other < end; other += 2) {
                if (image.u16(one) == image.u16(other)) {
                    return false;
                }
            }
        }
        return true;
    }
}
