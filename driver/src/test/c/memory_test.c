#include "check.h"
#include "fwcfg_directory.h"
#include "memory_map.h"

static uint8_t bytes[4096];

#define RESERVED 0
#define BOOT_DATA 4
#define CONVENTIONAL 7
#define NVS 10
#define MMIO 11

static MemoryMap map_of(size_t size) {
        return (MemoryMap){ .bytes = bytes, .size = size, .stride = 48, .format = &uefi_descriptor };
}

static MemoryMap e820_of(size_t size) {
        return (MemoryMap){ .bytes = bytes, .size = size, .stride = E820_ENTRY_SIZE, .format = &e820_entry };
}

static void several_descriptors_in_any_order_cover_a_range(void) {
        size_t size = make_descriptor(bytes, NVS, 0x3000, 0x5000);
        size += make_descriptor(bytes + size, RESERVED, 0x2000, 0x3000);
        size += make_descriptor(bytes + size, CONVENTIONAL, 0x5000, 0x9000);
        MemoryMap map = map_of(size);

        check(memory_map_covers(&map, 0x2000, 0x3000, MEMORY_SET_ASIDE));
        check(memory_map_covers(&map, 0x2fff, 2, MEMORY_SET_ASIDE));
        check(!memory_map_covers(&map, 0x2fff, 2, MEMORY_ACPI_NVS));
        check(!memory_map_covers(&map, 0x2000, 0x3001, MEMORY_SET_ASIDE));
        check(memory_map_covers(&map, 0x2000, 0x7000, MEMORY_READABLE));
        check(!memory_map_covers(&map, 0x1fff, 0x10, MEMORY_READABLE));
        check(!memory_map_covers(&map, 0x2000, 0, MEMORY_READABLE));
        check(!memory_map_covers(&map, UINT64_MAX, 2, MEMORY_READABLE));
}

static void invalid_descriptors_cover_nothing(void) {
        size_t size = make_descriptor(bytes, NVS, 0x1000, 0x2000);
        write_u64(bytes + 24, UINT64_MAX);
        size += make_descriptor(bytes + size, NVS, UINT64_MAX - 0xfff, UINT64_MAX - 0xfff);
        write_u64(bytes + 48 + 24, 16);
        size += make_descriptor(bytes + size, 0x80000001, 0x1000, 0x3000);
        MemoryMap map = map_of(size);
        MemoryMap small = { .bytes = bytes, .size = size, .stride = 39, .format = &uefi_descriptor };

        check(!memory_map_covers(&map, 0x1000, 0x1000, UINT32_MAX));
        check(!memory_map_covers(&small, 0x1000, 0x1000, UINT32_MAX));
}

static void only_checks_descriptors_that_overlap(void) {
        size_t size = make_descriptor(bytes, RESERVED, 0x2000, 0x3000);
        size += make_descriptor(bytes + size, BOOT_DATA, 0x4000, 0x5000);
        MemoryMap map = map_of(size);

        check(memory_map_only(&map, 0x1000, 0x3000, MEMORY_RESERVED));
        check(!memory_map_only(&map, 0x1000, 0x3001, MEMORY_RESERVED));
        check(memory_map_only(&map, 0x10000, 0x1000, MEMORY_RESERVED));
        check(!memory_map_only(&map, UINT64_MAX, 2, MEMORY_RESERVED));
}

static void free_range_is_the_highest_aligned_one(void) {
        size_t size = make_descriptor(bytes, CONVENTIONAL, 0x100000, 0x7f000000);
        size += make_descriptor(bytes + size, CONVENTIONAL, 0x7f010000, 0x7f1ff000);
        size += make_descriptor(bytes + size, CONVENTIONAL, GIB4, GIB4 * 2);
        size += make_descriptor(bytes + size, RESERVED, 0xe0000000, 0xf0000000);
        MemoryMap map = map_of(size);

        check(memory_map_place(&map, 64 * MIB) == 0x7b000000);
        check(memory_map_place(&map, 0x1000) == 0x7f100000);
        check(memory_map_place(&map, 0x100000) == 0x7ef00000);
        check(memory_map_place(&map, 0x80000000) == 0 && memory_map_place(&map, UINT64_MAX) == 0);
}

static void free_range_is_never_at_0(void) {
        MemoryMap map = map_of(make_descriptor(bytes, CONVENTIONAL, 0, MIB));

        check(memory_map_place(&map, MIB) == 0);
}

static bool sets_aside(size_t length, uint64_t base, uint64_t size) {
        MemoryMap map = e820_of(length);

        return e820_sets_aside(&map, base, size);
}

static bool covers(size_t length, uint64_t base, uint64_t size) {
        MemoryMap map = e820_of(length);

        return memory_map_covers(&map, base, size, E820_READABLE);
}

static void e820_entry_in_low_memory_is_set_aside(void) {
        size_t size = make_e820(bytes, 0, 0x7c800000, 1);
        size += make_e820(bytes + size, 0x7c800000, 64 * MIB, 2);
        size += make_e820(bytes + size, 0x80800000, 0x100000, 1);
        size += make_e820(bytes + size, 0xb0000000, 0x10000000, 2);
        size += make_e820(bytes + size, GIB4, GIB4, 1);
        size += make_e820(bytes + size, UINT64_MAX, 2, 1);

        check(sets_aside(size, 0x7c800000, 64 * MIB));
        check(sets_aside(size, 0x7d800000, MIB));
        check(!sets_aside(size, 0x7c800000, 64 * MIB + 1));
        check(!sets_aside(size, 0x7c7fffff, 2));
        /* Reserved, but not memory: MMCONFIG. */
        check(!sets_aside(size, 0xb0000000, MIB));
        check(!sets_aside(size, 0x1000, MIB));
        check(!sets_aside(size, 0x7c800000, 0) && !sets_aside(size, UINT64_MAX, 2));
        check(!sets_aside(39, 0x7c800000, MIB) && !sets_aside(0, 0x7c800000, MIB));
}

static void e820_range_over_two_entries_is_not_set_aside(void) {
        size_t size = make_e820(bytes, 0x1000000, 0x100000, 2);
        size += make_e820(bytes + size, 0x1100000, 0x100000, 2);
        size += make_e820(bytes + size, 0x1200000, 0x100000, 1);

        check(!sets_aside(size, 0x1000000, 0x200000));
        check(sets_aside(size, 0x1100000, 0x100000));
}

static void memory_in_e820_is_ram_or_reserved(void) {
        size_t size = make_e820(bytes, 0x7c800000, 64 * MIB, 2);
        size += make_e820(bytes + size, 0, 0x7c800000, 1);
        size += make_e820(bytes + size, 0x80800000, 0x100000, 5);
        size += make_e820(bytes + size, 0x80900000, 0x100000, 4);
        size += make_e820(bytes + size, UINT64_MAX, 2, 1);

        check(covers(size, 0x7c800000, 64 * MIB) && covers(size, 0x7c7fffff, 2));
        check(covers(size, 0, 0x80800000) && !covers(size, 0, 0x80800001));
        /* Unusable; not mentioned, as MMCONFIG; nothing. */
        check(!covers(size, 0x80800000, MIB) && covers(size, 0x80900000, MIB));
        check(!covers(size, 0xe0000000, MIB) && !covers(size, 0, 0));
        check(!covers(size, UINT64_MAX, 2) && !covers(19, 0x7c800000, MIB));
}

static void fw_cfg_directory_is_read(void) {
        FwCfgFile file = {};
        uint32_t count = 42;

        check(fwcfg_count((const uint8_t[]){ 0, 0, 1, 0 }, &count) && count == 256);
        check(!fwcfg_count((const uint8_t[]){ 0, 0, 4, 1 }, &count) && count == 256);
        memset(bytes, 0, 64);
        bytes[2] = 0x20;
        bytes[5] = 0x29;
        memcpy(bytes + 8, "etc/igd-opregion", 16);
        check(fwcfg_entry_is(bytes, "etc/igd-opregion", &file) && file.selector == 0x29 && file.size == 0x2000);
        check(!fwcfg_entry_is(bytes, "etc/igd-opregio", &file) && !fwcfg_entry_is(bytes, "etc/igd-opregions", &file));
        bytes[5] = 0x19;
        check(!fwcfg_entry_is(bytes, "etc/igd-opregion", &file));
        memset(bytes + 8, 'a', 56);
        check(!fwcfg_entry_is(bytes, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &file));
}

#define TEST(function) { #function, function }
const Test memory_tests[] = {
        TEST(several_descriptors_in_any_order_cover_a_range),
        TEST(invalid_descriptors_cover_nothing),
        TEST(only_checks_descriptors_that_overlap),
        TEST(free_range_is_the_highest_aligned_one),
        TEST(free_range_is_never_at_0),
        TEST(e820_entry_in_low_memory_is_set_aside),
        TEST(e820_range_over_two_entries_is_not_set_aside),
        TEST(memory_in_e820_is_ram_or_reserved),
        TEST(fw_cfg_directory_is_read),
        {},
};
