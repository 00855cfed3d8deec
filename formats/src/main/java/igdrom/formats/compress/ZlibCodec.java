package igdrom.formats.compress;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Decompresses zlib and gzip, whose headers do not contain the size of the output.
///
/// Spec: RFC 1950; RFC 1952.
final class ZlibCodec {
    private ZlibCodec() {}

    static Decompressed decompress(Image compressed, Location location, ExpansionBudget budget) {
        boolean gzip = GzipHeader.isAt(compressed);
        long start = gzip ? GzipHeader.read(compressed, location).size() : 0;
        int maxSize = budget.available();
        // One spare byte tells a full output from a stream that continues.
        OutputBuffer buffer = new OutputBuffer(budget, maxSize, 1);
        byte[] out = buffer.allocate(compressed.size());
        int written = 0;
        try (Inflater inflater = new Inflater(gzip)) {
            inflater.setInput(compressed.from(start).toByteArray());
            String problem;
            try {
                int count = 1;
                while (count > 0 && written <= maxSize) {
                    if (written == out.length) {
                        out = buffer.grow(out);
                    }
                    count = inflater.inflate(out, written, out.length - written);
                    written += count;
                }
                long end = start + inflater.getBytesRead() + (gzip ? GzipHeader.TRAILER_SIZE : 0);
                if (inflater.finished() && written <= maxSize && end <= compressed.size()) {
                    long crc = Image.of(out, written).crc32();
                    long expected = gzip ? compressed.u32(end - GzipHeader.TRAILER_SIZE) : crc;
                    if (expected == crc) {
                        return new Decompressed.Whole(
                                Codec.ZLIB, buffer.toImage(out, written), end);
                    }
                    problem = "CRC32 is 0x%08x, expected 0x%08x".formatted(expected, crc);
                } else {
                    problem =
                            written > maxSize
                                    ? budget.exceeded().problem()
                                    : problemOfUnfinished(inflater, written);
                }
            } catch (CorruptStreamException e) {
                problem = e.problem();
            } catch (DataFormatException e) {
                problem =
                        "the stream is corrupt after 0x%x decompressed bytes: %s"
                                .formatted(written, e.getMessage());
            }
            long offset = start + inflater.getBytesRead();
            Image bytes = buffer.toImage(out, Math.min(written, maxSize));
            return new Decompressed.Damaged(
                    Codec.ZLIB, bytes, Diagnostic.broken(location, offset, problem));
        }
    }

    private static String problemOfUnfinished(Inflater inflater, int written) {
        return inflater.needsDictionary()
                ? "the stream requires a preset dictionary, which is not supported"
                : "the stream is truncated after 0x%x decompressed bytes".formatted(written);
    }
}
