package igdrom.virtualigd;

import igdrom.bytes.Memory;
import org.jspecify.annotations.Nullable;

/// Storage of which only the pages that were written to take memory. Else it reads 0.
final class SparseMemory {
    private static final int SHIFT = 12;
    private static final int PAGE = 1 << SHIFT;

    private final @Nullable Memory[] pages;

    SparseMemory(long size) {
        pages = new Memory[Math.toIntExact(size >>> SHIFT)];
    }

    /// @param offset a multiple of 4
    int get(long offset) {
        Memory page = pages[(int) (offset >>> SHIFT)];
        return page == null ? 0 : (int) page.u32(offset & (PAGE - 1));
    }

    /// @param offset a multiple of 4
    void put(long offset, int value) {
        int number = (int) (offset >>> SHIFT);
        Memory page = pages[number];
        if (page == null) {
            if (value == 0) {
                return;
            }
            page = Memory.ofSize(PAGE);
            pages[number] = page;
        }
        page.putU32(offset & (PAGE - 1), value & 0xffff_ffffL);
    }

    void clear() {
        java.util.Arrays.fill(pages, null);
    }
}
