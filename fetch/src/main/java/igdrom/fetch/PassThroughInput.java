package igdrom.fetch;

import java.io.IOException;
import java.io.InputStream;

/// A stream whose failures pass through a library as unchecked exceptions, so that they are not
/// mistaken for malformed input.
final class PassThroughInput extends InputStream {
    private final InputStream in;

    PassThroughInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() {
        byte[] buffer = new byte[1];
        return read(buffer, 0, 1) < 0 ? -1 : buffer[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            throw new FailedException(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final IOException problem;

        FailedException(IOException problem) {
            super(problem);
            this.problem = problem;
        }

        IOException problem() {
            return problem;
        }
    }
}
