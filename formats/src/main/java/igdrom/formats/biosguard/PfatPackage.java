package igdrom.formats.biosguard;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// AMI's file of BIOS Guard blocks: a header, a list of the files in it as text, and their blocks.
///
/// Source: platomav/BIOSUtilities 70c3a08, "AmiBiosGuardHeader". What the digits behind the list's
/// title mean (`II00010000`) is not known for sure; the files stand on their own without them.
///
/// @param checksum as stored; nobody says of what
/// @param list the text, a line for each file
public record PfatPackage(long checksum, int flags, Image list, List<PfatPart> parts) {
    private static final Image TAG = Image.ofAscii("_AMIPFAT");
    private static final Image TITLE = Image.ofAscii("AMI_BIOS_GUARD_FLASH_CONFIGURATIONS");

    /// Where the tag stands in the header.
    public static final int TAG_AT = 8;

    static final int HEADER_SIZE = 0x11;

    /// Lists seen in public code have some hundred bytes.
    private static final int MAX_HEADER = 0x10000;

    /// 64 MiB in blocks of 4 KiB.
    private static final int MAX_BLOCKS = 0x4000;

    public PfatPackage {
        parts = List.copyOf(parts);
    }

    /// Whether a package begins at `offset`.
    public static boolean looksLikePackage(Image image, long offset) {
        return offset >= 0
                && image.matches(offset + TAG_AT, TAG)
                && image.matches(offset + HEADER_SIZE, TITLE);
    }

    /// Reads the package at the start of `image`, which may be longer than the package and may be
    /// cut off: what is behind the last whole block is not part of it.
    ///
    /// @throws MalformedImageException when the header makes no sense
    public static PfatPackage read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        int size = in.size("Size", MAX_HEADER);
        long checksum = in.u32("Checksum");
        in.expect("Tag", TAG);
        int flags = in.u8("Flags");
        if (size < HEADER_SIZE + TITLE.size()) {
            throw in.malformed(
                    0,
                    String.format(
                            "Size is 0x%x, header and title take 0x%x",
                            size, HEADER_SIZE + TITLE.size()));
        }
        Image list = in.image("List", size - HEADER_SIZE);
        if (!list.startsWith(TITLE)) {
            throw in.malformed(HEADER_SIZE, "List does not begin with its title");
        }
        List<PfatPart> parts = new ArrayList<>();
        int left = MAX_BLOCKS;
        boolean whole = true;
        for (PfatPart part : lines(list, location, diagnostics)) {
            List<Block> blocks = new ArrayList<>();
            try {
                while (whole && blocks.size() < part.count()) {
                    if (left-- == 0) {
                        throw in.malformed("more than " + MAX_BLOCKS + " blocks");
                    }
                    blocks.add(block(in));
                }
            } catch (MalformedImageException e) {
                whole = false;
                diagnostics.add(
                        Diagnostic.broken(
                                location,
                                e.offset(),
                                String.format(
                                        "%s, block %d of %d: %s",
                                        part.name(),
                                        blocks.size() + 1,
                                        part.count(),
                                        e.problem())));
            }
            parts.add(part.with(blocks));
        }
        return new PfatPackage(checksum, flags, list, parts);
    }

    /// The next block. A broken one takes nothing.
    private static Block block(Cursor in) {
        long start = in.position();
        try {
            return Block.readSigned(in);
        } catch (MalformedImageException e) {
            in.seek("Block", start);
            throw e;
        }
    }

    private static List<PfatPart> lines(Image list, Location location, Diagnostics diagnostics) {
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
                diagnostics.add(
                        Diagnostic.odd(
                                location,
                                HEADER_SIZE + (long) at,
                                "a line of the list is not of the form \"1 /P 12 ;NAME\""));
            }
            at = end + 1;
        }
        return parts;
    }

    /// Where the last block ends, from the start of the package.
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
