package igdrom.json;

/// A document that is not JSON, or not what it should be: `host.json: igd.class: is not a string`.
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Names the location and the problem.
    ///
    /// @param document the name of the file
    /// @param location a path such as `igd.class`, a line and column, or empty for the whole file
    /// @param problem what is wrong there
    public MalformedJsonException(String document, String location, String problem) {
        super(
                document + ": " + (location.isEmpty() ? "" : location + ": ") + problem,
                null,
                false,
                false);
    }
}
