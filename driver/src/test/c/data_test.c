#include "check.h"
#include "crc32.h"
#include "generation.h"
#include "report.h"
#include "rom_data.h"

static uint8_t bytes[0x4000];

static void crc_of_the_check_string_is_right(void) {
        check(crc32(0, (const uint8_t *) "123456789", 9) == 0xcbf43926);
        check(crc32(crc32(0, (const uint8_t *) "1234", 4), (const uint8_t *) "56789", 5) == 0xcbf43926);
}

static const RomData *data(void) {
        return (const RomData *) bytes;
}

static void rom_data_is_read(void) {
        check(rom_data_valid(data(), make_rom_data(bytes, 0x2000)));
        check(data()->lid == LID_OPEN && data()->dock == DOCK_UNDOCKED && data()->log == 3 && data()->flags == (ROM_EMBEDDED_WINS | ROM_ASLS_ALWAYS));
        check(data()->treat_as == 0x9a49 && data()->stolen_base == 0x7c800000 && data()->stolen_size == 64 * MIB);
        check(rom_part(data(), ROM_OPREGION) == bytes + 0x60 && data()->parts[ROM_OPREGION].size == 0x2000);
        check(rom_part(data(), ROM_POLICY_VBT) == bytes + 0x2068 && data()->parts[ROM_POLICY_VBT].size == 16);
        check(rom_data_valid(data(), make_rom_data(bytes, 0)) && data()->parts[ROM_OPREGION].size == 0);
        /* Sections are padded. */
        check(rom_data_valid(data(), make_rom_data(bytes, 0x10) + 0x100));
}

static void rom_data_with_any_byte_changed_is_refused(void) {
        size_t size = make_rom_data(bytes, 0x40);

        for (size_t i = 0; i < size; i++) {
                check(!rom_data_valid(data(), i));
                bytes[i] ^= 0x10;
                check(!rom_data_valid(data(), size));
                bytes[i] ^= 0x10;
        }
        check(rom_data_valid(data(), size));
}

/* Whether data with this field is accepted; its checksum is valid, so that only the field can be refused. */
static bool accepted_with(size_t at, uint64_t value, size_t width) {
        size_t size = make_rom_data(bytes, 0x40);

        for (size_t i = 0; i < width; i++)
                bytes[at + i] = (uint8_t) (value >> 8 * i);
        write_u32(bytes + 0x10, 0);
        write_u32(bytes + 0x10, crc32(0, bytes, size));
        return rom_data_valid(data(), size);
}

static void rom_data_with_an_invalid_field_is_refused(void) {
        check(accepted_with(0x14, LID_CLOSED, 1) && !accepted_with(0x14, 3, 1) && !accepted_with(0x15, 3, 1));
        check(!accepted_with(0x08, 1, 2) && !accepted_with(0x0a, 0x40, 2));
        check(!accepted_with(0x20, 0x7c800001, 8) && !accepted_with(0x20, GIB4, 8));
        check(accepted_with(0x20, GIB4 - 64 * MIB, 8) && !accepted_with(0x20, GIB4 - 63 * MIB, 8));
        check(!accepted_with(0x28, MIB + 1, 8) && !accepted_with(0x28, 1ULL << 40, 8));
        check(accepted_with(0x1b, 4, 1) && !accepted_with(0x1b, 5, 1));
        for (size_t part = 0x30; part <= 0x48; part += 8) {
                check(accepted_with(part, 0x60, 4) && !accepted_with(part, 0x5f, 4) && !accepted_with(part, 0xf0, 4));
                check(accepted_with(part + 4, 0, 4) && !accepted_with(part + 4, 0x171, 4));
        }
        check(!accepted_with(0x34, UINT32_MAX, 4) && !accepted_with(0x30, UINT32_MAX, 4));
}

static void rom_data_is_found_at_the_last_page_that_begins_with_it(void) {
        memset(bytes, 0, sizeof bytes);
        make_rom_data(bytes + 0x1000, 0x10);
        make_rom_data(bytes + 0x2010, 0x10);
        check(rom_data_find(bytes, 0x4000) == (const RomData *) (bytes + 0x1000));
        check(rom_data_find(bytes, 0x2fff) == (const RomData *) (bytes + 0x1000));
        make_rom_data(bytes + 0x3000, 0x10);
        check(rom_data_find(bytes, 0x4000) == (const RomData *) (bytes + 0x3000));
        check(rom_data_find(bytes, 0x3fff) == (const RomData *) (bytes + 0x1000));
        /* Not in the headers. */
        make_rom_data(bytes, 0x10);
        check(rom_data_find(bytes, 0x1fff) == NULL && rom_data_find(bytes, 0) == NULL);
}

static void report_is_as_documented(void) {
        static Report report, copy;
        ReportEntry entry = report_entry(STEP_OPREGION, OUTCOME_FROM_ROM, 0, 0x7e5d1000, 0x3e00);

        report_start(&report);
        check(report.header.size == 0x20 && !memcmp(&report, "IGDRPORT\1\0\x20\0\x20\0\0\0\0\0\0\0\x18\0", 22));
        report_add(&report, &entry);
        entry = report_entry(STEP_OPREGION, OUTCOME_FROM_ROM, 0x8000000000000009, 0x7e5d1000, 0x3e00);
        report_add(&report, &entry);
        check(report.header.size == 0x50 && report.header.count == 2);
        check(!memcmp(report.entries, "\6\0\x08\0\0\0\0\0\0\x10\x5d\x7e\0\0\0\0\0\x3e\0\0\0\0\0\0", 24));
        check(report.entries[1].status == 0x80000009);

        check(report_resume(&copy, &report, 0x50) && !memcmp(&copy, &report, sizeof copy));
        check(!report_resume(&copy, &report, 0x4f) && !report_resume(&copy, &report, 0x51));
        report.header.count = 3;
        check(!report_resume(&copy, &report, 0x50));
        report.header.count = 2;
        report.header.entry_size = 16;
        check(!report_resume(&copy, &report, 0x50));
        report.header.entry_size = 24;
        report.header.version = 2;
        check(!report_resume(&copy, &report, 0x50) && report_resume(&report, &copy, 0x50));
}

static void full_report_counts_dropped_entries(void) {
        static Report report, copy;
        ReportEntry entry = report_entry(STEP_VBT, OUTCOME_FOUND, 0, 1, 0);

        report_start(&report);
        for (size_t i = 0; i < 70000; i++)
                report_add(&report, &entry);
        check(report.header.size == sizeof report && report.header.lost == UINT16_MAX);
        check(report_resume(&copy, &report, sizeof report) && !report_resume(&copy, &report, 0));
        report.header.count = REPORT_MAX_ENTRIES + 1;
        report.header.size += 24;
        check(!report_resume(&copy, &report, report.header.size));
}

static void check_line(ReportEntry entry, const char *expected) {
        char line[REPORT_LINE_MAX];

        report_line(&entry, line);
        check(!strcmp(line, expected));
}

static void line_has_step_outcome_and_numbers(void) {
        check_line(report_entry(STEP_STOLEN_MIRROR, OUTCOME_ALLOCATED_THERE, UINT64_MAX, UINT64_MAX, UINT64_MAX),
                   "igdrom: stolen mirror: allocated there 0xffffffffffffffff 0xffffffffffffffff 0x800000007fffffff\n");
        check_line(report_entry(STEP_VBT, OUTCOME_NONE, 0, 0, 0x400), "igdrom: vbt: none 0x0 0x400\n");
        check_line(report_entry(STEP_VBT, OUTCOME_NONE, 0x800000000000000e, 0, 0), "igdrom: vbt: none 0x0 0x0 0x800000000000000e\n");
        check_line(report_entry((Step) 999, (Outcome) 999, 0, 0, 0), "igdrom: ?: ? 0x0 0x0\n");
        /* The last of each table: a missing name would be empty. */
        check_line(report_entry(STEP_LAST, OUTCOME_LAST, 0, 0, 0), "igdrom: display state: virtual function 0x0 0x0\n");
}

static void generations_are_looked_up(void) {
        const Generation *generation = generation_of(0x3e92);

        check(generation != NULL && !strcmp(generation->name, "CFL") && generation->bdsm == 0x5c);
        check(generation_of(0x9a49)->bdsm == 0xc0 && generation_of(0x9a49)->bdsm_bits == 64);
        check(generation_of(0x7d55)->bdsm == 0 && !generation_of(0x7d55)->stolen_in_guest);
        check(generation_of(0) == NULL && generation_of(0xffff) == NULL && generation_of(0x3e9f) == NULL);
}

static void display_buffers_depend_on_the_generation(void) {
        uint32_t offsets[DISPLAY_BUFFERS_MAX];

        check(generation_display_buffers(generation_of(0x1616), offsets) == 0);
        check(generation_display_buffers(generation_of(0x3e92), offsets) == 1 && offsets[0] == 0x45008);
        check(generation_display_buffers(generation_of(0x4e61), offsets) == 2 && offsets[0] == 0x44fe8 && offsets[1] == 0x45008);
        check(generation_display_buffers(generation_of(0x7d55), offsets) == 4 && offsets[0] == 0x44300 && offsets[3] == 0x45008);
        check(generation_display_buffers(generation_of(0x64a0), offsets) == 0);
}

static void virtual_functions_are_recognised(void) {
        check(shows_virtual_function(generation_of(0x46d1), 1) && shows_virtual_function(generation_of(0x7d55), 1));
        check(!shows_virtual_function(generation_of(0x46d1), 0) && !shows_virtual_function(generation_of(0x46d1), 3));
        check(!shows_virtual_function(generation_of(0x46d1), UINT32_MAX));
        check(!shows_virtual_function(generation_of(0x4e61), 1));
}

static uint64_t stolen_mib_of(uint16_t device, uint16_t ggc) {
        return generation_stolen_size(generation_of(device), ggc) / MIB;
}

static void stolen_size_is_decoded(void) {
        check(stolen_mib_of(0x0102, 0x05 << 3 | 0x302) == 160 && stolen_mib_of(0x0102, 0x11 << 3) == 0);
        check(stolen_mib_of(0x22b0, 0x11 << 3) == 8 && stolen_mib_of(0x22b0, 0x16 << 3) == 28);
        check(stolen_mib_of(0x22b0, 0x17 << 3) == 36 && stolen_mib_of(0x22b0, 0x1d << 3) == 60);
        check(stolen_mib_of(0x22b0, 0x1e << 3) == 0 && stolen_mib_of(0x22b0, 0x10 << 3) == 512);
        check(stolen_mib_of(0x1616, 0x40 << 8) == 2048 && stolen_mib_of(0x1616, 0x41 << 8) == 0);
        check(stolen_mib_of(0x3e92, 0xf0 << 8) == 4 && stolen_mib_of(0x3e92, 0xfe << 8) == 60);
        check(stolen_mib_of(0x3e92, 0xff00) == 0 && stolen_mib_of(0x3e92, 0x02c1) == 64);
        check(bdsm_base(0x7c800001) == 0x7c800000 && bdsm_base(0xfffff) == 0);
}

#define TEST(function) { #function, function }
const Test data_tests[] = {
        TEST(crc_of_the_check_string_is_right),
        TEST(rom_data_is_read),
        TEST(rom_data_with_any_byte_changed_is_refused),
        TEST(rom_data_with_an_invalid_field_is_refused),
        TEST(rom_data_is_found_at_the_last_page_that_begins_with_it),
        TEST(report_is_as_documented),
        TEST(full_report_counts_dropped_entries),
        TEST(line_has_step_outcome_and_numbers),
        TEST(generations_are_looked_up),
        TEST(display_buffers_depend_on_the_generation),
        TEST(virtual_functions_are_recognised),
        TEST(stolen_size_is_decoded),
        {},
};
