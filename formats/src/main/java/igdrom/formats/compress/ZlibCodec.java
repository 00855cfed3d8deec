package igdrom.formats.compress;

import igdrom.bytes.Finding;
import igdrom.bytes.Image;
import igdrom.bytes.Place;
import igdrom.bytes.Problem;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks zlib and gzip, which do not say how much comes out.
///
/// Spec: RFC 1950; RFC 1952.
final class ZlibCodec {
    private ZlibCodec() {}

    static Unpacked unpack(Image packed, Place place, long limit) {
        boolean gzip = GzipHeader.isAt(packed);
        long start = gzip ? GzipHeader.read(packed, place).size() : 0;
        // One byte more than may come out, to tell a full output from one that goes on.
        int most = Math.toIntExact(limit) + 1;
        byte[] out = Growth.first(packed.size(), most);
        int written = 0;
        try (Inflater inflater = new Inflater(gzip)) {
            inflater.setInput(packed.from(start).toByteArray());
            String problem;
            try {
                int count = 1;
                while (count > 0 && written < most) {
                    if (written == out.length) {
                        out = Growth.larger(out, most);
                    }
                    count = inflater.inflate(out, written, out.length - written);
                    written += count;
                }
                long end = start + inflater.getBytesRead() + (gzip ? GzipHeader.TRAILER_SIZE : 0);
                if (inflater.finished() && written < most && end <= packed.size()) {
                    Image bytes = Image.of(out, written);
                    if (!gzip || packed.u32(end - GzipHeader.TRAILER_SIZE) == bytes.crc32()) {
                        return new Unpacked.Whole(Codec.ZLIB, bytes, end);
                    }
                    problem = "CRC32 is not that of the unpacked bytes";
                } else {
                    problem = unfinished(inflater, written, limit);
                }
            } catch (DataFormatException e) {
                problem =
                        Problem.of(
                                "the stream does not decode after 0x%x unpacked bytes: %s",
                                written, String.valueOf(e.getMessage()));
            }
            long at = start + inflater.getBytesRead();
            Image bytes = Image.of(out, (int) Math.min(written, limit));
            return new Unpacked.Damaged(Codec.ZLIB, bytes, Finding.broken(place, at, problem));
        }
    }

    private static String unfinished(Inflater inflater, int written, long limit) {
        if (written > limit) {
            return Problem.of("the stream holds more than 0x%x bytes, the most to unpack", limit);
        }
        return inflater.needsDictionary()
                ? "the stream asks for a preset dictionary, which firmware does not use"
                : Problem.of("the stream ends, 0x%x bytes are unpacked", written);
    }
}
