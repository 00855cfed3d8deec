package igdrom.fetch;

import java.io.IOException;
import java.io.InputStream;

/// A stream that counts the bytes read and limits how many may be, so that a library cannot be made
/// to read headers of any size into memory.
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

    /// Allows `count` more bytes to be read; `Long.MAX_VALUE` removes the limit.
    void allow(long count) {
        end = count == Long.MAX_VALUE ? count : position + count;
    }

    @Override
    public int read() throws IOException {
        byte[] buffer = new byte[1];
        return read(buffer, 0, 1) < 0 ? -1 : buffer[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length > 0 && position >= end) {
            throw new IOException("the header is too long");
        }
        int read = in.read(target, offset, (int) Math.min(length, end - position));
        position += Math.max(read, 0);
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
