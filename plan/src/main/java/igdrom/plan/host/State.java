package igdrom.plan.host;

/// The result of a check.
public enum State {
    OK,
    /// Something to know or to do, which does not prevent the handing over.
    WARNING,
    /// The IGD cannot be handed to a guest before this changes.
    FAILURE,
    /// The facts that decide it are missing.
    UNKNOWN
}
