package igdrom.vfiouser.wire;

/// A message that is refused with an errno. The messages after it can still be read.
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /// A refusal with this errno.
    ///
    /// @param problem the field, the value found and the rule
    public RefusedException(Errno errno, String problem) {
        // No stack trace: a hostile client can cause refusals by the million.
        super(problem, null, false, false);
        this.errno = errno;
    }

    static RefusedException invalid(String problem) {
        return new RefusedException(Errno.EINVAL, problem);
    }

    public Errno errno() {
        return errno;
    }
}
