package igdrom.linux;

import java.io.IOException;

/// A system call failed.
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;

    LinuxException(String call, int errno) {
        super(call + ": " + Native.text(errno) + " (" + errno + ")");
        this.call = call;
        this.errno = errno;
    }

    public String call() {
        return call;
    }

    public int errno() {
        return errno;
    }
}
