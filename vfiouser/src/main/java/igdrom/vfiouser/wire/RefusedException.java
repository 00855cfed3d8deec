package igdrom.vfiouser.wire;

/// A message that is answered with an error. The stream behind it is sound.
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /// A refusal with this errno.
    ///
    /// @param problem field, found value and rule
    public RefusedException(Errno errno, String problem) {
        // No stack trace: a hostile client could ask for them by the million.
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
