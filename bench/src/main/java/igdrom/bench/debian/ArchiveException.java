package igdrom.bench.debian;

import java.io.IOException;

/// An archive does not have what is needed, or cannot be had.
public sealed class ArchiveException extends IOException permits UntrustedException {
    private static final long serialVersionUID = 1L;

    public ArchiveException(String what, String problem) {
        super(what + ": " + problem);
    }

    public ArchiveException(String problem) {
        super(problem);
    }
}
