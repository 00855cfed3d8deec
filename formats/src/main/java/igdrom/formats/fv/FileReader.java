package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits a volume's body into files and gaps. After a header that makes no sense it looks for the
/// next one that does, so that one damaged file does not hide those behind it.
final class FileReader {
    /// More files than any volume has; what is behind them is a gap.
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
                diagnostics.add(
                        Diagnostic.broken(
                                location,
                                at,
                                String.format(
                                        "more than %d files: the rest is not read", MAX_FILES)));
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

    /// A 24-byte header of erased bytes: free space begins.
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
        // Not a file's header, as a rule: data that somebody left in free space.
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

    /// Stricter than what is accepted in sequence: the checksum and the type must be right too.
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

    private @Nullable String problemOf(FfsHeader header, long at) {
        if (Long.compareUnsigned(header.size(), header.length()) < 0) {
            return "file "
                    + header.name()
                    + String.format(
                            " has Size 0x%x, its header alone 0x%x",
                            header.size(), header.length());
        }
        if (header.headerSum(volume.from(at)) != 0) {
            boolean fits = header.size() >= 0 && header.size() <= volume.size() - at;
            if (!fits || header.type() == FileType.UNKNOWN) {
                return String.format(
                        "file header has a wrong checksum, type 0x%02x and Size 0x%x",
                        header.typeCode(), header.size());
            }
        }
        return null;
    }

    private long addFile(FfsHeader header, long at) {
        long left = volume.size() - at;
        long size = header.size();
        if (size < 0 || size > left) {
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            at,
                            String.format(
                                    "file %s has Size 0x%x, only 0x%x bytes are left",
                                    header.name(), size, left)));
            size = left;
        }
        Image whole = volume.slice(at, size);
        Image body = whole.from(header.length());
        if (header.headerSum(whole) != 0) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            at + 0x10,
                            String.format("file %s has a wrong header checksum", header.name())));
        }
        if (size == header.size() && header.fileChecksum() != expectedFileChecksum(header, body)) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            at + 0x11,
                            String.format(
                                    "file %s has a wrong checksum over its content",
                                    header.name())));
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
        // Old tools wrote file system 1's constant into file system 2 as well: take either as
        // right.
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
