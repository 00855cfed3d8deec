package igdrom.bench.debian;

import java.io.IOException;
import java.io.InputStream;

/// A stream that knows how far it was read, and how far it may be: what a library reads into memory
/// is limited by what it is given.
final class LimitedInput extends InputStream {
    private final InputStream in;
    private long position;
    private long end = Long.MAX_VALUE;

    LimitedInput(InputStream in) {
        this.in = in;
    }

    long position() {
        return position;
    }

    /// So many more bytes may be read.
    void allow(long count) {
        end = count == Long.MAX_VALUE ? count : position + count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length > 0 && position >= end) {
            throw new IOException("a header is too long");
        }
        int got = in.read(target, offset, (int) Math.min(length, end - position));
        position += Math.max(got, 0);
        return got;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
