package igdrom.bench.debian;

import java.io.IOException;

/// Something in an archive that must not be used: not signed, not what was signed, too old, or
/// missing what it says it needs.
public final class ArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    public ArchiveException(String what, String problem) {
        super(what + ": " + problem);
    }

    public ArchiveException(String problem) {
        super(problem);
    }
}
