package igdrom.formats.compress;

import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.bytes.Problem;
import java.util.Arrays;

/// Output that grows with what is really unpacked: a few bytes may promise gigabytes.
final class Growth {
    private static final int LEAST = 1 << 16;

    /// What packed firmware hardly ever exceeds, so that as a rule nothing has to grow.
    private static final int USUAL_RATIO = 8;

    private Growth() {}

    /// The promised size as an `int`, once it is known to be within the limit.
    static int size(Place place, long offset, String field, long promised, long limit) {
        if (Long.compareUnsigned(promised, limit) > 0) {
            throw new MalformedImageException(
                    place,
                    offset,
                    Problem.of("%s is 0x%x, the most to unpack is 0x%x", field, promised, limit));
        }
        return Math.toIntExact(promised);
    }

    static byte[] first(long packed, int size) {
        return new byte[(int) Math.min(size, Math.max(LEAST, packed * USUAL_RATIO))];
    }

    static byte[] larger(byte[] output, int size) {
        return Arrays.copyOf(output, (int) Math.min(size, Math.max(LEAST, output.length * 2L)));
    }
}
