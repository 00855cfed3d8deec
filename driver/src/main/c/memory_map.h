/* Queries of a memory map: UEFI's, or the hypervisor's own, fw_cfg file etc/e820. Pure. */
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

/* Spec: ACPI 6.5, "Address Range Types". */
#define E820_RAM (1U << 1)
#define E820_RESERVED (1U << 2)
/* Memory: RAM, reserved, ACPI. */
#define E820_READABLE (0xfU << 1)

/* Where the fields of a descriptor are, and the unit of its length. */
typedef struct DescriptorFormat {
        uint8_t size; /* at least */
        uint8_t type, base, length;
        uint8_t unit_shift;
} DescriptorFormat;

extern const DescriptorFormat uefi_descriptor, e820_entry;

#define E820_ENTRY_SIZE 20U

typedef struct MemoryMap {
        const uint8_t *bytes;
        size_t size;
        size_t stride; /* of a descriptor */
        const DescriptorFormat *format;
} MemoryMap;

static inline uint64_t pages_of(uint64_t size) {
        return size / PAGE_SIZE + (size % PAGE_SIZE != 0);
}

/* Whether descriptors of these types cover every byte of [base, base + size). */
bool memory_map_covers(const MemoryMap *map, uint64_t base, uint64_t size, uint32_t types);

/* Whether every descriptor that overlaps [base, base + size) is of these types; true when none overlaps. */
bool memory_map_only(const MemoryMap *map, uint64_t base, uint64_t size, uint32_t types);

/* The highest free range of size bytes below 4 GiB whose base is a multiple of 1 MiB; 0 for none. */
uint64_t memory_map_place(const MemoryMap *map, uint64_t size);

/*
 * Whether the hypervisor reserves [base, base + size) in low memory: inside one reserved entry of etc/e820, and below the end of the
 * highest RAM below 4 GiB, so that it is memory and not a device.
 */
bool e820_sets_aside(const MemoryMap *map, uint64_t base, uint64_t size);
