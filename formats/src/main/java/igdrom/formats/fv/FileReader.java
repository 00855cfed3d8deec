package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits the body of a volume into files and gaps. After an invalid header it searches for the
/// next valid one, so that one damaged file does not hide those after it.
final class FileReader {
    /// More files than any volume has. The bytes after them become a gap.
    static final int MAX_FILES = 20_000;

    private static final int ALIGNMENT = 8;

    private final Image volume;
    private final FileSystem system;
    private final int eraseByte;
    private final Location location;
    private final Diagnostics diagnostics;
    private final List<VolumePart> parts = new ArrayList<>();

    FileReader(
            Image volume,
            VolumeHeader header,
            FileSystem system,
            Location location,
            Diagnostics diagnostics) {
        this.volume = volume;
        this.system = system;
        this.eraseByte = header.eraseByte();
        this.location = location;
        this.diagnostics = diagnostics;
    }

    List<VolumePart> read(long start) {
        long gapAt = start;
        long at = start;
        while (at <= volume.size() - FfsHeader.SIZE) {
            if (isErased(at)) {
                at = nextUsed(at);
                continue;
            }
            FfsHeader header = FfsHeader.read(cursor(at), system);
            String problem = problemOf(header, at);
            if (problem != null) {
                diagnostics.add(Diagnostic.broken(location, at, problem));
                at = nextPlausible(at + ALIGNMENT);
                continue;
            }
            if (parts.size() >= 2 * MAX_FILES) {
                diagnostics.broken(
                        location, at, "more than %d files, the rest is not read", MAX_FILES);
                break;
            }
            addGap(gapAt, at);
            long end = addFile(header, at);
            gapAt = end;
            at = Math.min((end + ALIGNMENT - 1) & -ALIGNMENT, volume.size());
        }
        addGap(gapAt, volume.size());
        return parts;
    }

    private Cursor cursor(long at) {
        return new Cursor(
                volume.slice(at, Math.min(FfsHeader.LARGE_SIZE, volume.size() - at)), location);
    }

    /// Whether free space starts here: a header's size of erased bytes.
    private boolean isErased(long at) {
        return volume.u8(at) == eraseByte
                && volume.slice(at, FfsHeader.SIZE).isFilledWith(eraseByte);
    }

    private long nextUsed(long at) {
        long used = volume.indexOfOtherThan(eraseByte, at);
        long aligned = used & -ALIGNMENT;
        if (used == volume.size()) {
            return used;
        }
        // Usually not a file header, but data that was written into free space.
        return isPlausible(aligned) ? aligned : nextPlausible(aligned + ALIGNMENT);
    }

    private long nextPlausible(long from) {
        long at = from;
        while (at <= volume.size() - FfsHeader.SIZE) {
            if (isPlausible(at)) {
                return at;
            }
            at += ALIGNMENT;
        }
        return volume.size();
    }

    /// Whether a search accepts a header here. Stricter than reading in sequence: checksum and type
    /// must be right too.
    private boolean isPlausible(long at) {
        if (at > volume.size() - FfsHeader.SIZE
                || (volume.slice(at, FfsHeader.SIZE).sum8()
                                        - volume.u8(at + 0x11)
                                        - volume.u8(at + 0x17)
                                & 0xff)
                        != 0
                || FileType.of(volume.u8(at + 0x12)) == FileType.UNKNOWN
                || (volume.u64(at) == 0 && volume.u64(at + 8) == 0)) {
            return false;
        }
        FfsHeader header = FfsHeader.read(cursor(at), system);
        return !header.large()
                && header.size() <= volume.size() - at
                && problemOf(header, at) == null;
    }

    /// What makes a header invalid, or null.
    private @Nullable String problemOf(FfsHeader header, long at) {
        if (Long.compareUnsigned(header.size(), header.length()) < 0) {
            return String.format(
                    "file %s has Size 0x%x, less than its header of 0x%x",
                    header.name(), header.size(), header.length());
        }
        if (header.headerSum(volume.from(at)) != 0) {
            boolean fits = header.size() >= 0 && header.size() <= volume.size() - at;
            if (!fits || header.type() == FileType.UNKNOWN) {
                return String.format(
                        "file header has an invalid checksum, type 0x%02x and Size 0x%x",
                        header.typeCode(), header.size());
            }
        }
        return null;
    }

    private long addFile(FfsHeader header, long at) {
        long left = volume.size() - at;
        long size = header.size();
        if (size < 0 || size > left) {
            diagnostics.broken(
                    location,
                    at,
                    "file %s has Size 0x%x, only 0x%x bytes are left",
                    header.name(),
                    size,
                    left);
            size = left;
        }
        Image whole = volume.slice(at, size);
        Image body = whole.from(header.length());
        if (header.headerSum(whole) != 0) {
            diagnostics.odd(
                    location, at + 0x10, "file %s has an invalid header checksum", header.name());
        }
        if (size == header.size() && header.fileChecksum() != expectedFileChecksum(header, body)) {
            diagnostics.odd(
                    location, at + 0x11, "file %s has an invalid content checksum", header.name());
        }
        parts.add(new FfsFile(at, header, body));
        return at + size;
    }

    private int expectedFileChecksum(FfsHeader header, Image body) {
        if ((header.attributes() & FfsHeader.ATTRIBUTE_CHECKSUM) != 0) {
            Image summed = body;
            if (system == FileSystem.FFS1
                    && (header.attributes() & FfsHeader.ATTRIBUTE_LARGE) != 0
                    && body.size() >= 2) {
                summed = body.slice(0, body.size() - 2);
            }
            return -summed.sum8() & 0xff;
        }
        // Old tools wrote the constant of file system 1 into file system 2 as well: accept both.
        return header.fileChecksum() == FfsHeader.NO_CHECKSUM_FFS1
                ? FfsHeader.NO_CHECKSUM_FFS1
                : FfsHeader.NO_CHECKSUM;
    }

    private void addGap(long from, long to) {
        if (to > from) {
            parts.add(new Gap(from, volume.slice(from, to - from)));
        }
    }
}
