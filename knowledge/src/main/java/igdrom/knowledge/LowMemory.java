package igdrom.knowledge;

/// The most RAM that a virtual machine has below 4 GiB: a row of `low-memory.tsv`.
///
/// @param machine QEMU's name of the machine type, or `bhyve`
/// @param limitMiB where low memory ends in a guest with `fromMiB` or more
/// @param fromMiB how much memory a guest needs to be given so that the limit applies
public record LowMemory(String machine, int limitMiB, int fromMiB, String source, String checked) {
    static LowMemory of(TsvTable.Row row) {
        return new LowMemory(row.text(0), row.number(1), row.number(2), row.text(3), row.text(4));
    }

    /// The address where low memory ends, in a guest with [#fromMiB] or more.
    public long limit() {
        return (long) limitMiB << 20;
    }
}
