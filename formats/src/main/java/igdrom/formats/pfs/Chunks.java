package igdrom.formats.pfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
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

/// An image that a package holds in pieces, each a BIOS Guard block in an entry of its own.
///
/// Source: platomav/BIOSUtilities 70c3a08, "_parse_pfat_pfs", "DellPfsPfatMetadata": the entries
/// are in no order; the metadata, or else the script, says where each belongs. Two may claim one
/// offset, told apart by the address in the metadata, and then stand behind each other.
///
/// @param pieces in the order of the image, gaps filled
public record Chunks(List<Image> pieces) {
    /// @param address where the processor sees it, which decides between two of one offset
    private record Chunk(long offset, long address, Image data) {
        private static final Comparator<Chunk> ORDER =
                Comparator.comparingLong(Chunk::offset).thenComparingLong(Chunk::address);
    }

    /// Metadata of a chunk: address, a word, offset, size, and nine more bytes.
    private static final int METADATA_SIZE = 0x19;

    private static final int OFFSET_AT = 8;
    private static final int SIZE_AT = 12;

    /// The largest flash part in PCs.
    private static final long MAX_FLASH = 64 << 20;

    /// What gaps are filled with, in pieces: nothing is copied before the image is put together.
    private static final Image ERASED = new Emitter().fill(0xff, 0x10000).toImage();

    public Chunks {
        pieces = List.copyOf(pieces);
    }

    /// The image in `pfs`; empty when not all of its entries are blocks.
    ///
    /// @param location of the package
    public static Optional<Chunks> of(PfsPackage pfs, Location location, Diagnostics diagnostics) {
        List<Chunk> chunks = new ArrayList<>();
        long end = 0;
        for (PfsEntry entry : pfs.entries()) {
            Optional<Block> block = block(entry);
            if (block.isEmpty()) {
                return Optional.empty();
            }
            // Where nothing says where it belongs, it belongs behind the one before it.
            Chunk chunk = chunk(entry, block.get(), end);
            chunks.add(chunk);
            end = chunk.offset + chunk.data.size();
        }
        if (chunks.isEmpty()) {
            return Optional.empty();
        }
        chunks.sort(Chunk.ORDER);
        return Optional.of(new Chunks(pieces(chunks, location, diagnostics)));
    }

    /// The block that the data of an entry is, if it is one to the last byte.
    private static Optional<Block> block(PfsEntry entry) {
        try {
            Cursor in = new Cursor(entry.data(), Location.root("chunk"));
            Block block = Block.read(in);
            boolean fits = in.remaining() == 0 && !block.data().isEmpty();
            return fits ? Optional.of(block) : Optional.empty();
        } catch (MalformedImageException _) {
            return Optional.empty();
        }
    }

    private static Chunk chunk(PfsEntry entry, Block block, long end) {
        Image data = block.data();
        Image metadata = entry.metadata();
        if (metadata.size() >= METADATA_SIZE && metadata.u32(SIZE_AT) == data.size()) {
            return new Chunk(metadata.u32(OFFSET_AT), metadata.u32(0), data);
        }
        OptionalLong offset = block.flashOffset();
        long at = offset.isPresent() ? offset.getAsLong() : end;
        return new Chunk(at, at, data);
    }

    private static List<Image> pieces(
            List<Chunk> chunks, Location location, Diagnostics diagnostics) {
        List<Image> pieces = new ArrayList<>();
        long size = 0;
        for (Chunk chunk : chunks) {
            boolean fits = chunk.offset + chunk.data.size() <= MAX_FLASH;
            if (!fits) {
                diagnostics.add(
                        Diagnostic.broken(
                                location,
                                0,
                                String.format(
                                        "a chunk belongs to 0x%x, no flash is larger than 0x%x",
                                        chunk.offset, MAX_FLASH)));
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
