package igdrom.formats.biosguard;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// AMI's package of BIOS Guard blocks: a header, a text that lists the files, and their blocks.
///
/// Source: platomav/BIOSUtilities 70c3a08, "AmiBiosGuardHeader". The digits after the title of the
/// list (`II00010000`) are undocumented; the files can be read without them.
///
/// @param checksum as stored; its algorithm is undocumented
/// @param list a title, then one line per file
public record PfatPackage(long checksum, int flags, Image list, List<PfatPart> parts) {
    private static final Image TAG = Image.ofAscii("_AMIPFAT");
    private static final Image TITLE = Image.ofAscii("AMI_BIOS_GUARD_FLASH_CONFIGURATIONS");

    /// The offset of the tag in the header.
    public static final int TAG_OFFSET = 8;

    static final int HEADER_SIZE = 0x11;

    /// The headers that public code describes have a few hundred bytes.
    private static final int MAX_HEADER_SIZE = 0x10000;

    /// 64 MiB in blocks of 4 KiB.
    private static final int MAX_BLOCKS = 0x4000;

    public PfatPackage {
        parts = List.copyOf(parts);
    }

    /// Whether a package starts at `offset`.
    public static boolean looksLikePackage(Image image, long offset) {
        return offset >= 0
                && image.matches(offset + TAG_OFFSET, TAG)
                && image.matches(offset + HEADER_SIZE, TITLE);
    }

    /// Reads the package at the start of `image`, which may be longer than the package, or
    /// truncated. The bytes after the last whole block are not part of it.
    ///
    /// @throws MalformedImageException when the header is invalid
    public static PfatPackage read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        int size = in.size("Size", MAX_HEADER_SIZE);
        long checksum = in.u32("Checksum");
        in.expect("Tag", TAG);
        int flags = in.u8("Flags");
        if (size < HEADER_SIZE + TITLE.size()) {
            throw new MalformedImageException(
                    location,
                    0,
                    "Size is 0x%x, the minimum is 0x%x",
                    size,
                    HEADER_SIZE + TITLE.size());
        }
        Image list = in.image("List", size - HEADER_SIZE);
        if (!list.startsWith(TITLE)) {
            throw in.malformed(HEADER_SIZE, "List does not start with its title");
        }
        List<PfatPart> parts = new ArrayList<>();
        int remaining = MAX_BLOCKS;
        boolean whole = true;
        for (PfatPart part : readList(list, location, diagnostics)) {
            List<Block> blocks = new ArrayList<>();
            try {
                while (whole && blocks.size() < part.count()) {
                    if (remaining-- == 0) {
                        throw in.malformed("more than " + MAX_BLOCKS + " blocks");
                    }
                    blocks.add(readBlock(in));
                }
            } catch (MalformedImageException e) {
                whole = false;
                diagnostics.broken(
                        location,
                        e.offset(),
                        "%s, block %d of %d: %s",
                        part.name(),
                        blocks.size() + 1,
                        part.count(),
                        e.problem());
            }
            parts.add(part.withBlocks(blocks));
        }
        return new PfatPackage(checksum, flags, list, parts);
    }

    /// Reads the next block. An invalid block leaves the cursor where it was.
    private static Block readBlock(Cursor in) {
        long start = in.position();
        try {
            return Block.readSigned(in);
        } catch (MalformedImageException e) {
            in.seek("Block", start);
            throw e;
        }
    }

    private static List<PfatPart> readList(Image list, Location location, Diagnostics diagnostics) {
        List<PfatPart> parts = new ArrayList<>();
        String text = list.latin1();
        int at = text.indexOf('\n') + 1;
        while (at > 0 && at < text.length()) {
            int end = text.indexOf('\n', at);
            int stop = end < 0 ? text.length() : end;
            String line = text.substring(at, stop).strip();
            PfatPart part = PfatPart.ofLine(line);
            if (part != null) {
                parts.add(part);
            } else if (!line.isEmpty()) {
                diagnostics.odd(
                        location,
                        HEADER_SIZE + (long) at,
                        "invalid line in List, expected the form \"1 /P 12 ;NAME\"");
            }
            at = end + 1;
        }
        return parts;
    }

    /// The size of the package as read.
    public long size() {
        long size = HEADER_SIZE + list.size();
        for (PfatPart part : parts) {
            for (Block block : part.blocks()) {
                size += block.size();
            }
        }
        return size;
    }

    public void write(Emitter out) {
        out.u32(HEADER_SIZE + list.size()).u32(checksum).image(TAG).u8(flags).image(list);
        for (PfatPart part : parts) {
            for (Block block : part.blocks()) {
                block.write(out);
            }
        }
    }
}
