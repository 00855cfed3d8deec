#include "check.h"
#include "fwcfg_directory.h"
#include "memory_map.h"
#include "opregion.h"
#include "report.h"
#include "rom_data.h"
#include "vbt.h"

static void fuzz_opregion(const uint8_t *bytes, size_t size) {
        OpRegionPlan plan;
        OpRegionShape shape;
        size_t extent;

        if (size >= OPREGION_SIZE && opregion_shape(bytes, &shape) && opregion_extent(&shape, &extent))
                check(extent >= OPREGION_SIZE && extent <= OPREGION_MAX);
        if (!opregion_plan(bytes, size, &plan))
                return;
        check(plan.extent >= OPREGION_SIZE && plan.extent <= size);

        uint8_t *copy = malloc(plan.extent);
        check(copy != NULL);
        memcpy(copy, bytes, plan.extent);
        opregion_settle(copy, &plan);
        check(opregion_shape(copy, &shape) && shape.rvda != RVDA_ABSOLUTE);
        if (plan.vbt_size > 0) {
                check(range_ok(plan.vbt_offset, plan.vbt_size, plan.extent));
                vbt_set_checksum(copy + plan.vbt_offset, plan.vbt_size);
        }
        free(copy);
}

static size_t seed_opregion(uint8_t *bytes, size_t max) {
        static unsigned turn;

        (void) max;
        switch (turn++ % 3) {
        case 0:
                return make_opregion(bytes, 0x100, 0, 0x800);
        case 1:
                return make_opregion(bytes, 0x200, 0x12345000, 0x800);
        default:
                return make_opregion(bytes, 0x201, 0x2000, 0x800);
        }
}

static void fuzz_vbt(const uint8_t *bytes, size_t size) {
        size_t length;

        if (vbt_size(bytes, size, &length))
                check(length <= size && length >= 0x20);
}

static size_t seed_vbt(uint8_t *bytes, size_t max) {
        (void) max;
        return make_vbt(bytes, 0x80);
}

static void fuzz_rom_data(const uint8_t *bytes, size_t size) {
        const RomData *data = (const RomData *) bytes;

        if (rom_data_valid(data, size))
                for (unsigned part = 0; part < ROM_PARTS; part++)
                        check(data->parts[part].size == 0 ||
                              (rom_part(data, part) >= bytes && rom_part(data, part) + data->parts[part].size <= bytes + size));
        data = rom_data_find(bytes, size);
        if (data != NULL)
                check((const uint8_t *) data >= bytes + PAGE_SIZE && (const uint8_t *) data + PAGE_SIZE <= bytes + size);
}

static size_t seed_rom_data(uint8_t *bytes, size_t max) {
        static unsigned turn;

        if (turn++ % 2)
                return make_rom_data(bytes, 0x20);
        memset(bytes, 0, max);
        make_rom_data(bytes + 2 * PAGE_SIZE, 0x20);
        return 3 * PAGE_SIZE;
}

static void fuzz_memory_map(const uint8_t *bytes, size_t size) {
        MemoryMap map = { .bytes = bytes, .size = size, .stride = 48, .format = &uefi_descriptor };
        MemoryMap e820 = { .bytes = bytes, .size = size, .stride = E820_ENTRY_SIZE, .format = &e820_entry };
        uint64_t base = memory_map_place(&map, 3 * MIB);

        if (base != 0) {
                check(base % MIB == 0 && base + 3 * MIB <= GIB4);
                check(memory_map_covers(&map, base, 3 * MIB, MEMORY_CONVENTIONAL));
        }
        memory_map_covers(&map, 0x1000000, UINT64_MAX / 2, MEMORY_READABLE);
        memory_map_only(&map, 0x1000000, UINT64_MAX / 2, MEMORY_SET_ASIDE);
        if (e820_sets_aside(&e820, 0x1000000, MIB))
                check(memory_map_covers(&e820, 0x1000000, MIB, E820_READABLE));
}

static size_t seed_memory_map(uint8_t *bytes, size_t max) {
        size_t size = make_descriptor(bytes, 7, MIB, 16 * MIB);

        (void) max;
        size += make_descriptor(bytes + size, 0, 16 * MIB, 32 * MIB);
        size += make_descriptor(bytes + size, 10, 64 * MIB, 65 * MIB);
        size += make_e820(bytes + size, 0, 1024 * MIB, 1);
        return size;
}

static void fuzz_report(const uint8_t *bytes, size_t size) {
        static Report report;
        char line[REPORT_LINE_MAX];
        ReportEntry entry = report_entry(STEP_UNDO, OUTCOME_DONE, 1, 2, 3);
        FwCfgFile file;

        if (report_resume(&report, (const Report *) bytes, size)) {
                check(report.header.size == size);
                report_add(&report, &entry);
                check(report.header.size <= sizeof report);
        }
        if (size >= 64)
                fwcfg_entry_is(bytes, "etc/e820", &file);
        if (size >= sizeof entry) {
                memcpy(&entry, bytes, sizeof entry);
                report_line(&entry, line);
                check(strlen(line) < REPORT_LINE_MAX);
        }
}

static size_t seed_report(uint8_t *bytes, size_t max) {
        static Report report;
        ReportEntry entry = report_entry(STEP_VBT, OUTCOME_FOUND, 0, 1, 2);

        report_start(&report);
        report_add(&report, &entry);
        check(report.header.size <= max);
        memcpy(bytes, &report, report.header.size);
        return report.header.size;
}

const FuzzTarget fuzz_targets[] = {
        { "opregion", fuzz_opregion, seed_opregion },
        { "vbt", fuzz_vbt, seed_vbt },
        { "rom data", fuzz_rom_data, seed_rom_data },
        { "memory map and e820", fuzz_memory_map, seed_memory_map },
        { "report and fw_cfg", fuzz_report, seed_report },
        {},
};
