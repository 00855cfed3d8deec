package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.io.IOException;
import org.brotli.dec.BrotliInputStream;

/// Unpacks Brotli behind EDK2's header of two sizes.
///
/// Spec: RFC 7932. Source: EDK2, MdeModulePkg/Library/BrotliCustomDecompressLib, for the header;
/// the decoder's need of scratch memory in it is its own affair.
///
/// The library hands out whole windows only (as a rule 4 MiB), so that a damaged stream gives up
/// little or nothing. Nor does it say where a stream ends.
final class BrotliCodec {
    private static final int HEADER_SIZE = 16;
    private static final int CHUNK = 1 << 12;

    private BrotliCodec() {}

    static long decompressedSize(Image packed, Location location) {
        Cursor in = new Cursor(packed, location);
        long size = in.u64("DecodedSize");
        in.u64("ScratchSize");
        return size;
    }

    static Decompressed decompress(Image packed, Location location, ExpansionBudget allowance) {
        int size =
                allowance.promised(location, 0, "DecodedSize", decompressedSize(packed, location));
        OutputBuffer growth = new OutputBuffer(allowance, size, 0);
        byte[] out = growth.first(packed.size());
        int written = 0;
        String problem;
        try (BrotliInputStream in = new BrotliInputStream(packed.from(HEADER_SIZE).stream())) {
            int count = 0;
            while (count >= 0 && written < size) {
                if (written == out.length) {
                    out = growth.larger(out);
                }
                count = in.read(out, written, Math.min(CHUNK, out.length - written));
                written += Math.max(count, 0);
            }
            if (written == size && isAtEnd(in)) {
                return new Decompressed.Whole(
                        Codec.BROTLI, growth.finished(out, size), packed.size());
            }
            problem =
                    written == size
                            ? "the stream goes on after DecodedSize"
                            : String.format(
                                    "the stream holds 0x%x bytes, DecodedSize is 0x%x",
                                    written, size);
        } catch (CorruptStreamException e) {
            problem = e.problem();
        } catch (IOException | RuntimeException e) {
            // The library reports some corrupt streams with an index out of bounds.
            problem =
                    String.format(
                            "the stream does not decode after 0x%x of 0x%x bytes", written, size);
        }
        Diagnostic damage = Diagnostic.broken(location, HEADER_SIZE, problem);
        return new Decompressed.Damaged(Codec.BROTLI, growth.finished(out, written), damage);
    }

    private static boolean isAtEnd(BrotliInputStream in) {
        try {
            return in.read() < 0;
        } catch (IOException | RuntimeException e) {
            // The library takes padding for a fault.
            return true;
        }
    }
}
