package igdrom.bench.debian;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.ZipException;
import org.tukaani.xz.XZIOException;

/// A stream with a place and a position, and a known end where it has one. To end before that is
/// malformed.
final class Stretch extends InputStream {
    private final InputStream in;
    private final Place place;
    private final long size;
    private long position;

    /// @param size how many bytes of `in` belong to this, or [Long#MAX_VALUE]
    Stretch(InputStream in, long size, Place place) {
        this.in = in;
        this.size = size;
        this.place = place;
    }

    Place place() {
        return place;
    }

    long position() {
        return position;
    }

    /// The next `count` bytes, of which there are few.
    Image image(String field, int count) throws IOException {
        byte[] bytes = readNBytes(count);
        if (bytes.length != count) {
            throw new MalformedImageException(
                    place,
                    position,
                    field + " needs " + count + " bytes, the file ends after " + bytes.length);
        }
        return Image.of(bytes);
    }

    /// Goes past what is left.
    void skipRest() throws IOException {
        skipNBytes(size - position);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position >= size) {
            return -1;
        }
        int got;
        try {
            got = in.read(target, offset, (int) Math.min(length, size - position));
        } catch (XZIOException | ZipException | EOFException e) {
            throw unpacking(place, position, e);
        }
        if (got < 0) {
            if (size != Long.MAX_VALUE) {
                throw new MalformedImageException(
                        place,
                        position,
                        "the file ends here, " + (size - position) + " bytes early");
            }
            return -1;
        }
        position += got;
        return got;
    }

    /// What the unpacker below says of its input.
    static MalformedImageException unpacking(Place place, long position, IOException e) {
        return new MalformedImageException(
                place, position, "what is packed cannot be unpacked: " + e.getMessage());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
