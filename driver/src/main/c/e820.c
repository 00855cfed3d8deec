#include "e820.h"

#define E820_RAM 1U
#define E820_RESERVED 2U
#define E820_NVS 4U

static uint64_t top_of_low_memory(const uint8_t *entries, size_t bytes) {
        uint64_t top = 0;

        for (size_t at = 0; range_ok(at, E820_ENTRY_SIZE, bytes); at += E820_ENTRY_SIZE) {
                uint64_t end;
                if (read_u32(entries + at + 16) != E820_RAM)
                        continue;
                if (!range_end(read_u64(entries + at), read_u64(entries + at + 8), &end))
                        continue;
                if (end <= GIB4 && end > top)
                        top = end;
        }
        return top;
}

bool e820_sets_aside(const uint8_t *entries, size_t bytes, uint64_t base, uint64_t size) {
        uint64_t end;

        if (size == 0 || !range_end(base, size, &end) || end > top_of_low_memory(entries, bytes))
                return false;

        for (size_t at = 0; range_ok(at, E820_ENTRY_SIZE, bytes); at += E820_ENTRY_SIZE) {
                uint64_t start = read_u64(entries + at);
                if (read_u32(entries + at + 16) != E820_RESERVED || base < start)
                        continue;
                if (range_ok(base - start, size, read_u64(entries + at + 8)))
                        return true;
        }
        return false;
}

bool e820_covers(const uint8_t *entries, size_t bytes, uint64_t base, uint64_t size) {
        uint64_t end;

        if (size == 0 || !range_end(base, size, &end))
                return false;

        /* Entries may come in any order: each pass advances by at least one of them, or is the last. */
        while (base < end) {
                uint64_t reached = base;
                for (size_t at = 0; range_ok(at, E820_ENTRY_SIZE, bytes); at += E820_ENTRY_SIZE) {
                        uint32_t type = read_u32(entries + at + 16);
                        uint64_t start = read_u64(entries + at), stop;
                        if (type < E820_RAM || type > E820_NVS || !range_end(start, read_u64(entries + at + 8), &stop))
                                continue;
                        if (start <= reached && stop > reached)
                                reached = stop;
                }
                if (reached == base)
                        return false;
                base = reached;
        }
        return true;
}
