#include "memory_map.h"

/* Spec: UEFI 2.11, "EFI_MEMORY_DESCRIPTOR". */
const DescriptorFormat uefi_descriptor = { .size = 40, .type = 0, .base = 8, .length = 24, .unit_shift = 12 };
/* Spec: ACPI 6.5, "Address Range Descriptor Structure": packed. */
const DescriptorFormat e820_entry = { .size = E820_ENTRY_SIZE, .type = 16, .base = 0, .length = 8, .unit_shift = 0 };

typedef struct Span {
        uint64_t base;
        uint64_t end;
        uint32_t types; /* the bit of its type, 0 when the type is 32 or more */
} Span;

/* The next valid descriptor; false after the last. */
static bool next_span(const MemoryMap *map, size_t *at, Span *ret_span) {
        const DescriptorFormat *format = map->format;

        if (map->stride < format->size)
                return false;

        while (range_ok(*at, map->stride, map->size)) {
                const uint8_t *descriptor = map->bytes + *at;
                uint32_t type = read_u32(descriptor + format->type);
                uint64_t length = read_u64(descriptor + format->length);
                Span span = {
                        .base = read_u64(descriptor + format->base),
                        .types = type < 32 ? 1U << type : 0,
                };

                *at += map->stride;
                if (length == 0 || length > UINT64_MAX >> format->unit_shift)
                        continue;
                if (!range_end(span.base, length << format->unit_shift, &span.end))
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

uint64_t memory_map_place(const MemoryMap *map, uint64_t size) {
        uint64_t best = 0;
        size_t at = 0;
        Span span;

        while (next_span(map, &at, &span)) {
                uint64_t end = span.end < GIB4 ? span.end : GIB4;
                uint64_t base = (end - size) / MIB * MIB;
                if ((span.types & MEMORY_CONVENTIONAL) && size <= end && base >= span.base && base > best)
                        best = base;
        }
        return best;
}

bool e820_sets_aside(const MemoryMap *map, uint64_t base, uint64_t size) {
        uint64_t end, top_of_low_memory = 0;
        bool is_reserved = false;
        size_t at = 0;
        Span span;

        if (size == 0 || !range_end(base, size, &end))
                return false;
        while (next_span(map, &at, &span)) {
                if (span.types == E820_RAM && span.end <= GIB4 && span.end > top_of_low_memory)
                        top_of_low_memory = span.end;
                if (span.types == E820_RESERVED && span.base <= base && span.end >= end)
                        is_reserved = true;
        }
        return is_reserved && end <= top_of_low_memory;
}
