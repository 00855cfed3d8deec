package igdrom.virtualigd;

import igdrom.knowledge.TsvTable;

/// What a host's firmware leaves behind: the rows of `dirty.tsv`, and page table entries that point
/// at the host's stolen memory.
final class DirtyState {
    private static final int PAGE = 4096;

    private DirtyState() {}

    static TsvTable table() {
        return Tables.load("dirty.tsv", "offset", "graphics", "name", "value", "source", "checked");
    }

    /// @param pageTable the offset of the page table in BAR0
    static void leave(IgdModel model, SparseMemory values, long pageTable) {
        for (TsvTable.Row row : table().rows()) {
            if (Platforms.of(row, 1).contains(model.platform())) {
                values.put(row.number(0), row.number(3));
            }
        }
        int entry = model.platform().pteBits() / 8;
        for (long at = 0; at < model.stolenSize(); at += PAGE) {
            long page = model.host().stolenBase() + at;
            values.put(pageTable + at / PAGE * entry, (int) page | 1);
        }
    }
}
