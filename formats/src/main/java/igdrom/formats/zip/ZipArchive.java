package igdrom.formats.zip;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.compress.Codec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;

/// A ZIP archive.
///
/// @param files in the order of its directory, without the entries of directories
public record ZipArchive(List<ZipEntry> files) {
    /// Maximum number of entries.
    public static final int MAX_FILES = 1000;

    private static final Image START = Image.ofHex("504b0304");

    /// The header of a gzip file without a name; a deflated entry after it is one, but for its end.
    private static final Image GZIP_HEADER = Image.ofHex("1f8b08000000000000ff");

    /// Flag: the name is in UTF-8.
    private static final int UTF_8 = 1 << 11;

    /// A file.
    ///
    /// @param name a relative path with slashes
    public record ZipEntry(String name, Image contents) {
        public ZipEntry {
            if (!EntryName.isSafe(name) || name.endsWith("/")) {
                throw new IllegalArgumentException(name);
            }
        }
    }

    public ZipArchive {
        files = List.copyOf(files);
    }

    /// Whether a file begins as an archive with at least one file.
    public static boolean isAt(Image image) {
        return image.startsWith(START);
    }

    /// Reads an archive.
    ///
    /// @param limit of the size of all files together
    /// @throws MalformedImageException when it breaks a rule, or exceeds a limit
    public static ZipArchive read(Image archive, Location location, long limit) {
        EndRecord end = EndRecord.read(archive, location);
        if (end.entries() > MAX_FILES) {
            throw new MalformedImageException(
                    location,
                    end.position() + 10,
                    "entries is %d, the maximum is %d",
                    end.entries(),
                    MAX_FILES);
        }
        List<EntryHeader> entries = entries(archive, location, end);
        Image local = archive.slice(0, end.offset());
        checkDisjoint(entries, local, location);
        List<ZipEntry> files = new ArrayList<>();
        long left = limit;
        for (EntryHeader entry : entries) {
            if (entry.size() > left) {
                throw new MalformedImageException(
                        location,
                        entry.position() + 24,
                        "size of %s is 0x%x, the files may have 0x%x more bytes",
                        entry.name(),
                        entry.size(),
                        left);
            }
            left -= entry.size();
            if (!entry.isDirectory()) {
                files.add(new ZipEntry(entry.name(), contents(entry, local, location)));
            }
        }
        return new ZipArchive(files);
    }

    private static List<EntryHeader> entries(Image archive, Location location, EndRecord end) {
        Cursor in =
                new Cursor(archive.slice(0, end.offset() + end.size()), location)
                        .seek("offset of the central directory", end.offset());
        List<EntryHeader> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < end.entries(); i++) {
            EntryHeader entry = EntryHeader.read(in);
            if (!names.add(entry.name())) {
                throw in.malformed(entry.position(), "%s is in it twice", entry.name());
            }
            entries.add(entry);
        }
        return entries;
    }

    /// Entries that share bytes make a small archive of huge files.
    private static void checkDisjoint(List<EntryHeader> entries, Image local, Location location) {
        List<EntryHeader> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(EntryHeader::offset));
        long end = 0;
        for (EntryHeader entry : sorted) {
            if (entry.offset() < end) {
                throw new MalformedImageException(
                        location,
                        entry.position() + 42,
                        "%s at 0x%x overlaps the file before it, which ends at 0x%x",
                        entry.name(),
                        entry.offset(),
                        end);
            }
            Cursor in = new Cursor(local, location);
            Image _ = entry.data(in);
            end = in.position();
        }
    }

    private static Image contents(EntryHeader entry, Image local, Location location) {
        Image data = entry.data(new Cursor(local, location));
        Location inside = location.in(entry.name(), entry.offset());
        Image contents =
                entry.method() == EntryHeader.STORED ? data : inflated(entry, data, inside);
        if (contents.size() != entry.size()) {
            throw new MalformedImageException(
                    inside, 0, "has 0x%x bytes, expected 0x%x", contents.size(), entry.size());
        }
        if (contents.crc32() != entry.crc32()) {
            throw new MalformedImageException(
                    inside,
                    0,
                    "CRC-32 is 0x%08x, expected 0x%08x",
                    contents.crc32(),
                    entry.crc32());
        }
        return contents;
    }

    private static Image inflated(EntryHeader entry, Image data, Location location) {
        Image gzip =
                new Emitter()
                        .image(GZIP_HEADER)
                        .image(data)
                        .u32(entry.crc32())
                        .u32(entry.size())
                        .toImage();
        return Codec.ZLIB.decompress(gzip, location, entry.size()).orThrow();
    }

    /// Writes the archive. The same files always give the same bytes.
    public void write(Emitter out) {
        List<EntryHeader> entries = new ArrayList<>();
        for (ZipEntry file : files) {
            Image data = deflated(file.contents());
            EntryHeader entry =
                    new EntryHeader(
                            file.name(),
                            UTF_8,
                            EntryHeader.DEFLATED,
                            file.contents().crc32(),
                            data.size(),
                            file.contents().size(),
                            out.position(),
                            0);
            entry.writeLocal(out);
            out.image(data);
            entries.add(entry);
        }
        long offset = out.position();
        entries.forEach(entry -> entry.write(out));
        new EndRecord(entries.size(), out.position() - offset, offset, out.position()).write(out);
    }

    private static Image deflated(Image data) {
        Emitter out = new Emitter();
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(data.toByteArray());
            deflater.finish();
            while (!deflater.finished()) {
                byte[] part = new byte[64 * 1024];
                int count = deflater.deflate(part);
                out.image(Image.of(part, count));
            }
        }
        return out.toImage();
    }
}
