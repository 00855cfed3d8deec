package igdrom.knowledge;

/// A control register of a slice of the display buffer (DBUF): a row of `display-buffers.tsv`.
///
/// @param offset in BAR0
/// @param first the first graphics version that has it, times 100
/// @param last the last one
public record DisplayBuffer(
        int offset, String name, int first, int last, String source, String checked) {
    /// Spec: Intel Graphics PRM (Skylake), Volume 2c, "DBUF_CTL": DBUF Power Request, which
    /// software writes.
    public static final int POWER_REQUEST = 1 << 31;

    /// Spec: Intel Graphics PRM (Skylake), Volume 2c, "DBUF_CTL": DBUF Power State, which hardware
    /// shows.
    public static final int POWER_STATE = 1 << 30;

    static DisplayBuffer of(TsvTable.Row row) {
        return new DisplayBuffer(
                row.number(0), row.text(1), row.number(2), row.number(3), row.text(4), row.text(5));
    }

    boolean isOf(Platform platform) {
        return platform.graphicsVersion() >= first && platform.graphicsVersion() <= last;
    }
}
