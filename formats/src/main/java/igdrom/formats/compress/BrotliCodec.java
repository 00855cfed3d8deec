package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.io.IOException;
import org.brotli.dec.BrotliInputStream;

/// Decompresses Brotli after EDK2's header of two sizes.
///
/// Spec: RFC 7932. Source for the header: EDK2, MdeModulePkg/Library/BrotliCustomDecompressLib. The
/// scratch size in it matters to EDK2's decoder only.
///
/// The library returns whole windows only (usually 4 MiB), so a damaged stream yields little or
/// nothing. It does not report where a stream ends either.
final class BrotliCodec {
    private static final int HEADER_SIZE = 16;
    private static final int CHUNK_SIZE = 1 << 12;

    private BrotliCodec() {}

    static long decompressedSize(Image compressed, Location location) {
        Cursor in = new Cursor(compressed, location);
        long size = in.u64("DecodedSize");
        in.u64("ScratchSize");
        return size;
    }

    static Decompressed decompress(Image compressed, Location location, ExpansionBudget budget) {
        int size =
                budget.checkSize(
                        location, 0, "DecodedSize", decompressedSize(compressed, location));
        OutputBuffer buffer = new OutputBuffer(budget, size, 0);
        byte[] out = buffer.allocate(compressed.size());
        int written = 0;
        String problem;
        try (BrotliInputStream in = new BrotliInputStream(compressed.from(HEADER_SIZE).stream())) {
            int count = 0;
            while (count >= 0 && written < size) {
                if (written == out.length) {
                    out = buffer.grow(out);
                }
                count = in.read(out, written, Math.min(CHUNK_SIZE, out.length - written));
                written += Math.max(count, 0);
            }
            if (written == size && isAtEnd(in)) {
                return new Decompressed.Whole(
                        Codec.BROTLI, buffer.toImage(out, size), compressed.size());
            }
            problem =
                    written == size
                            ? "the stream continues after DecodedSize"
                            : String.format(
                                    "DecodedSize is 0x%x, the stream has 0x%x bytes",
                                    size, written);
        } catch (CorruptStreamException e) {
            problem = e.problem();
        } catch (IOException | RuntimeException e) {
            // The library reports some corrupt streams with an index out of bounds.
            problem =
                    String.format("the stream is corrupt after 0x%x of 0x%x bytes", written, size);
        }
        return new Decompressed.Damaged(
                Codec.BROTLI,
                buffer.toImage(out, written),
                Diagnostic.broken(location, HEADER_SIZE, problem));
    }

    private static boolean isAtEnd(BrotliInputStream in) {
        try {
            return in.read() < 0;
        } catch (IOException | RuntimeException e) {
            // The library reports padding after the stream as an error.
            return true;
        }
    }
}
