/* Queries of the UEFI memory map. Pure. */
#pragma once

#include "base.h"

/* Spec: UEFI 2.11, "EFI_MEMORY_TYPE"; a set of them is a mask of their bits. */
#define MEMORY_RESERVED (1U << 0)
#define MEMORY_LOADER_AND_BOOT (0xfU << 1)
#define MEMORY_RUNTIME (3U << 5)
#define MEMORY_CONVENTIONAL (1U << 7)
#define MEMORY_ACPI_RECLAIM (1U << 9)
#define MEMORY_ACPI_NVS (1U << 10)

/* The operating system leaves it alone, as an OpRegion and stolen memory need. */
#define MEMORY_SET_ASIDE (MEMORY_RESERVED | MEMORY_ACPI_NVS)
/* It is memory and may be read. */
#define MEMORY_READABLE                                                                                                  \
        (MEMORY_SET_ASIDE | MEMORY_LOADER_AND_BOOT | MEMORY_RUNTIME | MEMORY_CONVENTIONAL | MEMORY_ACPI_RECLAIM)

typedef struct MemoryMap {
        const uint8_t *bytes;
        size_t size;
        size_t stride; /* of a descriptor, at least MEMORY_DESCRIPTOR_SIZE */
} MemoryMap;

#define MEMORY_DESCRIPTOR_SIZE 40U
#define PAGE_SIZE 4096U

static inline uint64_t pages_of(uint64_t size) {
        return size / PAGE_SIZE + (size % PAGE_SIZE != 0);
}

/* Whether descriptors of these types cover every byte of [base, base + size). */
bool memory_map_covers(const MemoryMap *map, uint64_t base, uint64_t size, uint32_t types);

/* Whether every descriptor that overlaps [base, base + size) is of these types; true when none overlaps. */
bool memory_map_only(const MemoryMap *map, uint64_t base, uint64_t size, uint32_t types);

/* The highest free range of size bytes whose base is a multiple of alignment and which ends at or before below. */
bool memory_map_place(const MemoryMap *map, uint64_t size, uint64_t alignment, uint64_t below, uint64_t *ret_base);
