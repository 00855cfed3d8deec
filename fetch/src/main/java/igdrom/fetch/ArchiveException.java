package igdrom.fetch;

import java.io.IOException;

/// The archive cannot be reached, or lacks what was requested.
public sealed class ArchiveException extends IOException permits UntrustedException {
    private static final long serialVersionUID = 1L;

    private final Remedy remedy;

    /// What the user can do about it.
    public enum Remedy {
        /// Nothing that we know of.
        NONE,
        /// Name a mirror: apt has none configured.
        NAME_MIRROR,
        /// Check the network and the proxy, or name another mirror.
        CHECK_NETWORK,
        /// Make the JVM trust the certificate authority of the server.
        TRUST_CERTIFICATE
    }

    public ArchiveException(String problem) {
        this(problem, Remedy.NONE);
    }

    ArchiveException(String location, String problem) {
        this(location + ": " + problem, Remedy.NONE);
    }

    ArchiveException(String problem, Remedy remedy) {
        super(problem);
        this.remedy = remedy;
    }

    public Remedy remedy() {
        return remedy;
    }
}
