package igdrom.formats.pfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.biosguard.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// An image that is spread over the entries of a package, each of them a BIOS Guard block.
///
/// Source: platomav/BIOSUtilities 70c3a08, "_parse_pfat_pfs", "DellPfsPfatMetadata": the entries
/// are unordered; the offset of each is in its metadata, else in its script. Entries with the same
/// offset follow each other, ordered by the address in their metadata.
///
/// @param pieces in the order of the image, with gaps filled
public record Chunks(List<Image> pieces) {
    /// @param address in the memory map of the processor, the order of chunks with the same offset
    private record Chunk(long offset, long address, Image data) {
        private static final Comparator<Chunk> ORDER =
                Comparator.comparingLong(Chunk::offset).thenComparingLong(Chunk::address);
    }

    /// The metadata of a chunk: address, a word, offset, size, and nine more bytes.
    private static final int METADATA_SIZE = 0x19;

    private static final int OFFSET_OFFSET = 8;
    private static final int SIZE_OFFSET = 12;

    /// The largest flash part in PCs.
    private static final long MAX_FLASH = 64 << 20;

    /// The filling of gaps. A long gap repeats it, so that nothing is copied here.
    private static final Image ERASED = new Emitter().fill(0xff, 0x10000).toImage();

    public Chunks {
        pieces = List.copyOf(pieces);
    }

    /// The image in `pfs`; empty unless all of its entries are blocks.
    ///
    /// @param location of the package
    public static Optional<Chunks> of(PfsPackage pfs, Location location, Diagnostics diagnostics) {
        List<Chunk> chunks = new ArrayList<>();
        long end = 0;
        for (PfsEntry entry : pfs.entries()) {
            Optional<Block> block = readBlock(entry);
            if (block.isEmpty()) {
                return Optional.empty();
            }
            // A chunk without an offset follows the one before it.
            Chunk chunk = locate(entry, block.get(), end);
            chunks.add(chunk);
            end = chunk.offset + chunk.data.size();
        }
        if (chunks.isEmpty()) {
            return Optional.empty();
        }
        chunks.sort(Chunk.ORDER);
        return Optional.of(new Chunks(assemble(chunks, location, diagnostics)));
    }

    /// The block that fills the data of an entry, if it does.
    private static Optional<Block> readBlock(PfsEntry entry) {
        try {
            Cursor in = new Cursor(entry.data(), Location.root("chunk"));
            Block block = Block.read(in);
            boolean fits = in.remaining() == 0 && !block.data().isEmpty();
            return fits ? Optional.of(block) : Optional.empty();
        } catch (MalformedImageException _) {
            return Optional.empty();
        }
    }

    private static Chunk locate(PfsEntry entry, Block block, long end) {
        Image data = block.data();
        Image metadata = entry.metadata();
        if (metadata.size() >= METADATA_SIZE && metadata.u32(SIZE_OFFSET) == data.size()) {
            return new Chunk(metadata.u32(OFFSET_OFFSET), metadata.u32(0), data);
        }
        OptionalLong offset = block.flashOffset();
        long at = offset.isPresent() ? offset.getAsLong() : end;
        return new Chunk(at, at, data);
    }

    private static List<Image> assemble(
            List<Chunk> chunks, Location location, Diagnostics diagnostics) {
        List<Image> pieces = new ArrayList<>();
        long size = 0;
        for (Chunk chunk : chunks) {
            boolean fits = chunk.offset + chunk.data.size() <= MAX_FLASH;
            if (!fits) {
                diagnostics.broken(
                        location,
                        0,
                        "offset of a chunk is 0x%x, the maximum flash size is 0x%x",
                        chunk.offset,
                        MAX_FLASH);
            }
            while (fits && size < chunk.offset) {
                Image gap = ERASED.slice(0, Math.min(ERASED.size(), chunk.offset - size));
                pieces.add(gap);
                size += gap.size();
            }
            pieces.add(chunk.data);
            size += chunk.data.size();
        }
        return pieces;
    }
}
