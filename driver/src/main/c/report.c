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
        /* The error bit moves from bit 63 to bit 31. */
        write_u32(at + 4, (uint32_t) (entry->status >> 32 & 0x80000000U) | (uint32_t) (entry->status & 0x7fffffffU));
        write_u64(at + 8, entry->value);
        write_u64(at + 16, entry->detail);
        write_u16(report->bytes + COUNT, (uint16_t) (count + 1));
        write_u32(report->bytes + TOTAL, (uint32_t) report_size(report));
}

size_t report_size(const Report *report) {
        return REPORT_HEADER_SIZE + (size_t) read_u16(report->bytes + COUNT) * REPORT_ENTRY_SIZE;
}

/* One string each instead of an array of pointers: nothing to relocate, nothing to pad. */
static const char step_names[] = STEP_NAMES;
static const char outcome_names[] = OUTCOME_NAMES;

/* Checked by report.awk. */
#define NAME_MAX 16U

static const char *name_of(const char *names, unsigned number, unsigned last) {
        for (unsigned skip = number <= last ? number : 0; skip > 0; skip--)
                while (*names++ != '\0')
                        ;
        return names;
}

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
        char *at = put_text(ret_line, "igdrom: ", 8);

        at = put_text(at, name_of(step_names, (unsigned) entry->step, STEP_LAST), NAME_MAX);
        at = put_text(at, ": ", 2);
        at = put_text(at, name_of(outcome_names, (unsigned) entry->outcome, OUTCOME_LAST), NAME_MAX);
        at = put_hex(at, entry->value);
        at = put_hex(at, entry->detail);
        if (entry->status != 0)
                at = put_hex(at, entry->status);
        *at++ = '\n';
        *at = '\0';
}
/* "igdrom: " + name + ": " + name + three numbers + newline and NUL */
assert_cc(8 + 16 + 2 + 16 + 3 * 19 + 2 <= REPORT_LINE_MAX);
