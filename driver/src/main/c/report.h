/* What the driver did, step by step: the contents of the variable IgdromReport, see docs/driver-data.md. Pure. */
#pragma once

#include "base.h"
#include "report_table.h" /* Step, Outcome and their names, made from report.tsv */

#define REPORT_VERSION 1U
#define REPORT_HEADER_SIZE 0x20U
#define REPORT_ENTRY_SIZE 24U
#define REPORT_MAX_ENTRIES 160U
#define REPORT_MAX (REPORT_HEADER_SIZE + REPORT_MAX_ENTRIES * REPORT_ENTRY_SIZE)

assert_cc(REPORT_MAX < 4096);

/* The members of PlatformGopPolicy, in its order. */
#define POLICY_LID 1U
#define POLICY_VBT 2U
#define POLICY_DOCK 3U

typedef struct ReportEntry {
        Step step;
        Outcome outcome;
        uint64_t status; /* EFI_STATUS */
        uint64_t value;
        uint64_t detail;
} ReportEntry;

typedef struct Report {
        uint8_t bytes[REPORT_MAX];
} Report;

void report_start(Report *report);

/* Continues the report of another image of the driver; false, and nothing changed, when these bytes are not a report. */
bool report_resume(Report *report, const uint8_t *bytes, size_t size);

/* When the report is full, the entry is only counted. */
void report_add(Report *report, const ReportEntry *entry);

size_t report_size(const Report *report);

/* One line of text for the debug port, terminated by a newline and NUL. */
#define REPORT_LINE_MAX 104U
void report_line(const ReportEntry *entry, char ret_line[REPORT_LINE_MAX]);
