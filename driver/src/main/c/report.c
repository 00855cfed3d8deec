#include "report.h"

#define COUNT 0x10U
#define LOST 0x12U
#define TOTAL 0x0cU

void report_start(Report *report) {
        memset(report, 0, sizeof *report);
        memcpy(report->bytes, "IGDRPORT", 8);
        write_u16(report->bytes + 0x08, REPORT_VERSION);
        write_u16(report->bytes + 0x0a, REPORT_HEADER_SIZE);
        write_u32(report->bytes + TOTAL, REPORT_HEADER_SIZE);
        write_u16(report->bytes + 0x14, REPORT_ENTRY_SIZE);
}

bool report_resume(Report *report, const uint8_t *bytes, size_t size) {
        if (!range_ok(0, REPORT_HEADER_SIZE, size) || size > REPORT_MAX || memcmp(bytes, "IGDRPORT", 8) != 0)
                return false;
        if (read_u16(bytes + 0x08) != REPORT_VERSION || read_u16(bytes + 0x0a) != REPORT_HEADER_SIZE ||
            read_u16(bytes + 0x14) != REPORT_ENTRY_SIZE || read_u32(bytes + TOTAL) != size)
                return false;
        if (size != REPORT_HEADER_SIZE + (size_t) read_u16(bytes + COUNT) * REPORT_ENTRY_SIZE)
                return false;

        memset(report, 0, sizeof *report);
        memcpy(report->bytes, bytes, size);
        return true;
}

void report_add(Report *report, const ReportEntry *entry) {
        uint16_t count = read_u16(report->bytes + COUNT);
        uint16_t lost = read_u16(report->bytes + LOST);

        if (count >= REPORT_MAX_ENTRIES) {
                if (lost < UINT16_MAX)
                        write_u16(report->bytes + LOST, (uint16_t) (lost + 1));
                return;
        }

        uint8_t *at = report->bytes + REPORT_HEADER_SIZE + (size_t) count * REPORT_ENTRY_SIZE;
        write_u16(at, (uint16_t) entry->step);
        write_u16(at + 2, (uint16_t) entry->outcome);
        /* The highest bit says error: kept as the highest bit of 32. */
        write_u32(at + 4, (uint32_t) (entry->status >> 32 & 0x80000000U) | (uint32_t) (entry->status & 0x7fffffffU));
        write_u64(at + 8, entry->value);
        write_u64(at + 16, entry->detail);
        write_u16(report->bytes + COUNT, (uint16_t) (count + 1));
        write_u32(report->bytes + TOTAL, (uint32_t) report_size(report));
}

size_t report_size(const Report *report) {
        return REPORT_HEADER_SIZE + (size_t) read_u16(report->bytes + COUNT) * REPORT_ENTRY_SIZE;
}

/* Arrays instead of pointers: nothing to relocate. */
static const char step_names[STEP_LAST + 1][16] = {
        "?",          "driver", "device",      "generation", "rom data",      "fw_cfg",     "opregion",
        "vbt",        "stolen size", "stolen", "stolen mirror", "gop policy", "undo",
        "policy asked",
};

static const char outcome_names[OUTCOME_LAST + 1][16] = {
        "?",        "found",       "none",     "kept",    "allocated there", "set aside", "placed",
        "fw_cfg",   "rom",         "device",   "stale",   "invalid",         "repaired",  "not needed",
        "unknown",  "failed",      "done",     "differs", "occupied",        "ignored",
        "without vbt",
};

static char *put_text(char *at, const char *text, size_t max) {
        for (size_t i = 0; i < max && text[i] != '\0'; i++)
                *at++ = text[i];
        return at;
}

static char *put_hex(char *at, uint64_t value) {
        unsigned shift = 60;

        *at++ = ' ';
        *at++ = '0';
        *at++ = 'x';
        while (shift > 0 && value >> shift == 0)
                shift -= 4;
        for (;; shift -= 4) {
                *at++ = "0123456789abcdef"[value >> shift & 0xf];
                if (shift == 0)
                        return at;
        }
}

void report_line(const ReportEntry *entry, char ret_line[REPORT_LINE_MAX]) {
        size_t step = (unsigned) entry->step <= STEP_LAST ? (size_t) entry->step : 0;
        size_t outcome = (unsigned) entry->outcome <= OUTCOME_LAST ? (size_t) entry->outcome : 0;
        char *at = put_text(ret_line, "igdrom: ", 8);

        at = put_text(at, step_names[step], sizeof step_names[0]);
        at = put_text(at, ": ", 2);
        at = put_text(at, outcome_names[outcome], sizeof outcome_names[0]);
        at = put_hex(at, entry->value);
        at = put_hex(at, entry->detail);
        if (entry->status != 0)
                at = put_hex(at, entry->status);
        *at++ = '\n';
        *at = '\0';
}
/* "igdrom: " + name + ": " + name + three numbers + newline and NUL */
assert_cc(8 + 16 + 2 + 16 + 3 * 19 + 2 <= REPORT_LINE_MAX);
