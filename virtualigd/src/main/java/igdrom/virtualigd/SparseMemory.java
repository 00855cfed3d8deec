package igdrom.virtualigd;

import igdrom.bytes.Memory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Memory that allocates a page when it is first written. Other pages read 0. Its end may be memory
/// that others write to.
final class SparseMemory {
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_SIZE = 1 << PAGE_SHIFT;

    private final @Nullable Memory[] pages;
    private final Memory shared;
    private final long start;

    /// @param shared its end
    SparseMemory(long size, Memory shared) {
        this.pages = new Memory[Math.toIntExact(size >>> PAGE_SHIFT)];
        this.shared = shared;
        this.start = size - shared.size();
    }

    /// @param offset a multiple of 4
    int get(long offset) {
        if (offset >= start) {
            return (int) shared.u32(offset - start);
        }
        Memory page = pages[(int) (offset >>> PAGE_SHIFT)];
        return page == null ? 0 : (int) page.u32(offset & (PAGE_SIZE - 1));
    }

    /// @param offset a multiple of 4
    void put(long offset, int value) {
        if (offset >= start) {
            shared.putU32(offset - start, value & 0xffff_ffffL);
            return;
        }
        int number = (int) (offset >>> PAGE_SHIFT);
        Memory page = pages[number];
        if (page == null) {
            if (value == 0) {
                return;
            }
            page = Memory.ofSize(PAGE_SIZE);
            pages[number] = page;
        }
        page.putU32(offset & (PAGE_SIZE - 1), value & 0xffff_ffffL);
    }

    void clear() {
        Arrays.fill(pages, null);
        shared.fill(0);
    }
}
