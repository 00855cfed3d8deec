package igdrom.formats.pe;

/// The first rule of [LoadRules] that an executable breaks. Never leaves this package.
final class LoadFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param pattern of [String#format]
    LoadFailure(String pattern, Object... values) {
        super(String.format(pattern, values), null, false, false);
    }
}
