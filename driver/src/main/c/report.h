/* What the driver did, step by step: the contents of the variable IgdromReport, see docs/driver-data.md. Pure. */
#pragma once

#include "base.h"
#include "report_table.h" /* Step, Outcome and their names, made from report.tsv */

#define REPORT_VERSION 1U
#define REPORT_MAX_ENTRIES 160U

/* The members of PlatformGopPolicy, in its order. */
#define POLICY_LID 1U
#define POLICY_VBT 2U
#define POLICY_DOCK 3U

typedef struct ReportEntry {
        uint16_t step;
        uint16_t outcome;
        uint32_t status; /* an EFI_STATUS whose error bit is bit 31 */
        uint64_t value;
        uint64_t detail;
} ReportEntry;

typedef struct ReportHeader {
        char signature[8];
        uint16_t version;
        uint16_t header_size;
        uint32_t size; /* of the report */
        uint16_t count;
        uint16_t lost;
        uint16_t entry_size;
        uint8_t _pad0[10];
} ReportHeader;

typedef struct Report {
        ReportHeader header;
        ReportEntry entries[REPORT_MAX_ENTRIES];
} Report;

assert_cc(sizeof(ReportEntry) == 24);
assert_cc(offsetof(ReportHeader, size) == 0x0c);
assert_cc(offsetof(ReportHeader, entry_size) == 0x14);
assert_cc(offsetof(Report, entries) == 0x20);
assert_cc(sizeof(Report) < 4096);

ReportEntry report_entry(Step step, Outcome outcome, uint64_t status, uint64_t value, uint64_t detail);

void report_start(Report *report);

/* Continues the report of another image of the driver; false, and nothing changed, when it is not a report of size bytes. */
bool report_resume(Report *report, const Report *other, size_t size);

/* When the report is full, the entry is only counted. */
void report_add(Report *report, const ReportEntry *entry);

/* One line of text for the debug port, terminated by a newline and NUL. */
#define REPORT_LINE_MAX 104U
void report_line(const ReportEntry *entry, char ret_line[REPORT_LINE_MAX]);
