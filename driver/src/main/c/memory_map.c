#include "memory_map.h"

/* Spec: UEFI 2.11, "EFI_MEMORY_DESCRIPTOR". */
typedef struct Span {
        uint64_t base;
        uint64_t end;
        uint32_t types; /* the bit of its type, 0 when the type is 32 or more */
} Span;

/* The next valid descriptor; false after the last. */
static bool next_span(const MemoryMap *map, size_t *at, Span *ret_span) {
        if (map->stride < MEMORY_DESCRIPTOR_SIZE)
                return false;

        while (range_ok(*at, map->stride, map->size)) {
                const uint8_t *descriptor = map->bytes + *at;
                uint32_t type = read_u32(descriptor);
                Span span = {
                        .base = read_u64(descriptor + 8),
                        .types = type < 32 ? 1U << type : 0,
                };
                uint64_t pages = read_u64(descriptor + 24);

                *at += map->stride;
                if (pages == 0 || pages > UINT64_MAX / PAGE_SIZE)
                        continue;
                if (!range_end(span.base, pages * PAGE_SIZE, &span.end))
                        continue;
                *ret_span = span;
                return true;
        }
        return false;
}

bool memory_map_covers(const MemoryMap *map, uint64_t base, uint64_t size, uint32_t types) {
        uint64_t end;

        if (size == 0 || !range_end(base, size, &end))
                return false;

        /* Descriptors may come in any order: each pass advances by at least one of them, or is the last. */
        while (base < end) {
                uint64_t reached = base;
                size_t at = 0;
                Span span;
                while (next_span(map, &at, &span))
                        if ((span.types & types) && span.base <= reached && span.end > reached)
                                reached = span.end;
                if (reached == base)
                        return false;
                base = reached;
        }
        return true;
}

bool memory_map_only(const MemoryMap *map, uint64_t base, uint64_t size, uint32_t types) {
        uint64_t end;
        size_t at = 0;
        Span span;

        if (!range_end(base, size, &end))
                return false;
        while (next_span(map, &at, &span))
                if (span.base < end && span.end > base && !(span.types & types))
                        return false;
        return true;
}

bool memory_map_place(const MemoryMap *map, uint64_t size, uint64_t alignment, uint64_t below, uint64_t *ret_base) {
        bool found = false;
        uint64_t best = 0;
        size_t at = 0;
        Span span;

        if (size == 0 || alignment == 0)
                return false;
        while (next_span(map, &at, &span)) {
                uint64_t end = span.end < below ? span.end : below;
                if (!(span.types & MEMORY_CONVENTIONAL) || end <= span.base || size > end - span.base)
                        continue;
                uint64_t base = (end - size) / alignment * alignment;
                /* Never at 0, which means "not set". */
                if (base < span.base || base == 0 || (found && base <= best))
                        continue;
                best = base;
                found = true;
        }
        if (found)
                *ret_base = best;
        return found;
}
