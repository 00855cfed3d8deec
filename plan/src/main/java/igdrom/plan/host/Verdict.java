package igdrom.plan.host;

/// The answer to a question about a host.
public enum Verdict {
    YES,
    NO,
    /// The facts do not decide it.
    UNKNOWN
}
