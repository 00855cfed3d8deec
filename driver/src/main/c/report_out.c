/* Where the report goes: the debug port and the variable. */
#include "ports.h"
#include "report_variable.h"
#include "setup.h"

#define DEBUG_PORT 0x402
/* Source: QEMU, hw/char/debugcon.c, and OVMF: the port reads this when a console is there. */
#define DEBUG_PORT_ANSWER 0xe9

static const uint16_t variable_name[] = REPORT_VARIABLE_NAME;
static const EFI_GUID variable_guid = REPORT_VARIABLE_GUID;

static Report report;
static uint8_t log_to;

ReportScope report_open(void) {
        static Report before;
        size_t size = sizeof before;
        ReportScope scope = { .old_tpl = BS->RaiseTPL(TPL_CALLBACK) };

        /* Continue what other images have reported since. */
        if ((log_to & ROM_LOG_VARIABLE) &&
            RT->GetVariable(variable_name, &variable_guid, /* Attributes= */ NULL, &size, &before) == EFI_SUCCESS)
                (void) report_resume(&report, &before, size);
        return scope;
}

ReportScope report_begin(uint8_t log) {
        log_to = log;
        report_start(&report);
        return report_open();
}

void report_close(ReportScope *scope) {
        if (log_to & ROM_LOG_VARIABLE)
                (void) RT->SetVariable(variable_name, &variable_guid,
                                       EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS, report.header.size, &report);
        BS->RestoreTPL(scope->old_tpl);
}

void report_print(const ReportEntry *entry) {
        char line[REPORT_LINE_MAX];

        if (!(log_to & ROM_LOG_PORT) || port_in8(DEBUG_PORT) != DEBUG_PORT_ANSWER)
                return;
        report_line(entry, line);
        for (const char *at = line; *at != '\0'; at++)
                port_out8(DEBUG_PORT, (uint8_t) *at);
}

void report_keep(const ReportEntry *entry) {
        report_add(&report, entry);
}

void report_step(Step step, Outcome outcome, EFI_STATUS status, uint64_t value, uint64_t detail) {
        ReportEntry entry = report_entry(step, outcome, status, value, detail);

        report_keep(&entry);
        report_print(&entry);
}
