package igdrom.plan;

/// Why a decision was made.
public sealed interface Reason {
    /// The owner requested it.
    record Requested(RequestField field) implements Reason {}

    /// It was taken from a file, or a part of one.
    record FromFile(String file) implements Reason {}

    /// It follows from a fact of the host.
    ///
    /// @param source of the fact
    record FromHost(String source) implements Reason {}

    /// It follows from what is known: a row of a table, a property of a part, or that nothing was
    /// given.
    ///
    /// @param statement without a full stop
    record Because(String statement) implements Reason {}

    /// It is the default here, which a field of the request overrides.
    ///
    /// @param statement without a full stop
    record Default(String statement, RequestField override) implements Reason {}
}
