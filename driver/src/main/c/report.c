#include "report.h"

static const ReportHeader no_entries = {
        .signature = { 'I', 'G', 'D', 'R', 'P', 'O', 'R', 'T' },
        .version = REPORT_VERSION,
        .header_size = sizeof(ReportHeader),
        .size = sizeof(ReportHeader),
        .entry_size = sizeof(ReportEntry),
};

ReportEntry report_entry(Step step, Outcome outcome, uint64_t status, uint64_t value, uint64_t detail) {
        return (ReportEntry){
                .step = (uint16_t) step,
                .outcome = (uint16_t) outcome,
                .status = (uint32_t) (status >> 32 & 0x80000000U) | (uint32_t) (status & 0x7fffffffU),
                .value = value,
                .detail = detail,
        };
}

void report_start(Report *report) {
        report->header = no_entries;
}

bool report_resume(Report *report, const Report *other, size_t size) {
        const ReportHeader *header = &other->header;

        if (!range_ok(0, sizeof *header, size) || memcmp(header, &no_entries, offsetof(ReportHeader, size)) != 0 ||
            header->entry_size != sizeof(ReportEntry) || header->count > REPORT_MAX_ENTRIES || header->size != size ||
            size != sizeof *header + header->count * sizeof(ReportEntry))
                return false;

        memcpy(report, other, size);
        return true;
}

void report_add(Report *report, const ReportEntry *entry) {
        ReportHeader *header = &report->header;

        if (header->count < REPORT_MAX_ENTRIES) {
                report->entries[header->count++] = *entry;
                header->size += (uint32_t) sizeof *entry;
        } else if (header->lost < UINT16_MAX)
                header->lost++;
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

        at = put_text(at, name_of(step_names, entry->step, STEP_LAST), NAME_MAX);
        at = put_text(at, ": ", 2);
        at = put_text(at, name_of(outcome_names, entry->outcome, OUTCOME_LAST), NAME_MAX);
        at = put_hex(at, entry->value);
        at = put_hex(at, entry->detail);
        if (entry->status != 0)
                at = put_hex(at, (uint64_t) (entry->status & 0x80000000U) << 32 | (entry->status & 0x7fffffffU));
        *at++ = '\n';
        *at = '\0';
}
/* "igdrom: " + name + ": " + name + three numbers + newline and NUL */
assert_cc(8 + 16 + 2 + 16 + 3 * 19 + 2 <= REPORT_LINE_MAX);
