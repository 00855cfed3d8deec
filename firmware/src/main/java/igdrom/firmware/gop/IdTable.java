package igdrom.firmware.gop;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import java.util.ArrayList;
import java.util.List;

/// The table of device ids that a GOP drives: an array of u16.
///
/// Observed: in 24 drivers from Sandy Bridge to Meteor Lake it follows soon after the texts
/// "Intel(R) GOP Driver" and "… Graphics Controller", which are in buffers of fixed size. It has no
/// terminator. In release builds the text of the major version follows at the next multiple of
/// eight, with zeros between. Some tables list ids that no device has (ff20 9940 cafe).
///
/// @param offset in the executable
record IdTable(long offset, List<PciId> ids) {
    /// The maximum number of zero bytes between the table and the major version.
    static final int MAX_PADDING = 32;

    /// Observed: the largest table has 87 ids.
    static final int MAX_IDS = 512;

    /// How far after the names the table may begin. Observed: buffers of names have at most 0x92
    /// bytes.
    private static final int WINDOW = 0x400;

    IdTable {
        ids = List.copyOf(ids);
    }

    static final IdTable NONE = new IdTable(-1, List.of());

    long end() {
        return offset < 0 ? -1 : offset + 2L * ids.size();
    }

    /// The first table with a known device after `from`, the end of the names: the fallback for
    /// drivers whose code [IdLoop] does not understand. Values next to the table may be taken for
    /// ids.
    static IdTable after(Image image, long from) {
        long to = Math.min(image.size() - 1, from + WINDOW);
        for (long at = from; at < to; at += 2) {
            if (!isId(image.u16(at))) {
                continue;
            }
            long end = at;
            while (end < to && end - at < 2L * MAX_IDS && isId(image.u16(end))) {
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

    /// Whether a value may be an id. No graphics device has an id below 0100, and the characters of
    /// texts are below it.
    private static boolean isId(int value) {
        return value >= 0x0100;
    }

    private static boolean distinct(Image image, long start, long end) {
        for (long left = start; left < end; left += 2) {
            for (long right = left + 2; right < end; right += 2) {
                if (image.u16(left) == image.u16(right)) {
                    return false;
                }
            }
        }
        return true;
    }
}
