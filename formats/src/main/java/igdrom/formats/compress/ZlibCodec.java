package igdrom.formats.compress;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks zlib and gzip, which do not say how much comes out.
///
/// Spec: RFC 1950; RFC 1952.
final class ZlibCodec {
    private ZlibCodec() {}

    static Decompressed decompress(Image packed, Location location, ExpansionBudget allowance) {
        boolean gzip = GzipHeader.isAt(packed);
        long start = gzip ? GzipHeader.read(packed, location).size() : 0;
        int most = allowance.most();
        // One byte more than may come out, to tell a full output from one that goes on.
        OutputBuffer growth = new OutputBuffer(allowance, most, 1);
        byte[] out = growth.first(packed.size());
        int written = 0;
        try (Inflater inflater = new Inflater(gzip)) {
            inflater.setInput(packed.from(start).toByteArray());
            String problem;
            try {
                int count = 1;
                while (count > 0 && written <= most) {
                    if (written == out.length) {
                        out = growth.larger(out);
                    }
                    count = inflater.inflate(out, written, out.length - written);
                    written += count;
                }
                long end = start + inflater.getBytesRead() + (gzip ? GzipHeader.TRAILER_SIZE : 0);
                if (inflater.finished() && written <= most && end <= packed.size()) {
                    long crc = Image.of(out, written).crc32();
                    if (!gzip || packed.u32(end - GzipHeader.TRAILER_SIZE) == crc) {
                        return new Decompressed.Whole(
                                Codec.ZLIB, growth.finished(out, written), end);
                    }
                    problem = "CRC32 is not that of the unpacked bytes";
                } else {
                    problem =
                            written > most
                                    ? allowance.exhausted().problem()
                                    : unfinished(inflater, written);
                }
            } catch (CorruptStreamException e) {
                problem = e.problem();
            } catch (DataFormatException e) {
                problem =
                        String.format(
                                "the stream does not decode after 0x%x unpacked bytes: %s",
                                written, String.valueOf(e.getMessage()));
            }
            long at = start + inflater.getBytesRead();
            Image bytes = growth.finished(out, Math.min(written, most));
            return new Decompressed.Damaged(
                    Codec.ZLIB, bytes, Diagnostic.broken(location, at, problem));
        }
    }

    private static String unfinished(Inflater inflater, int written) {
        return inflater.needsDictionary()
                ? "the stream asks for a preset dictionary, which firmware does not use"
                : String.format("the stream ends, 0x%x bytes are unpacked", written);
    }
}
