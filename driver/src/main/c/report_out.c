/* Where the report goes: the debug port and the variable. */
#include "ports.h"
#include "setup.h"

#define DEBUG_PORT 0x402
/* Source: QEMU, hw/char/debugcon.c and OVMF: what the port reads when a console is there. */
#define DEBUG_PORT_ANSWER 0xe9

static const uint16_t variable_name[] = { 'I', 'g', 'd', 'r', 'o', 'm', 'R', 'e', 'p', 'o', 'r', 't', 0 };
static const EFI_GUID variable_guid = { 0x6f3c2a9e, 0x51d7, 0x4be8, { 0x9a, 0x04, 0xd2, 0x7b, 0x1c, 0x85, 0xe3, 0x60 } };

static Report report;
static uint8_t log_to;
static size_t level_before;

/* Another device's image may have left its own: this one goes on behind it. What others tell in their events waits until this
 * is published: whoever publishes last would undo what the other did in between. */
static bool resume(void) {
        static uint8_t before[REPORT_MAX];
        size_t size = sizeof before;

        level_before = BS->RaiseTPL(TPL_CALLBACK);
        return (log_to & ROM_LOG_VARIABLE) &&
               RT->GetVariable(variable_name, &variable_guid, NULL, &size, before) == EFI_SUCCESS &&
               report_resume(&report, before, size);
}

void tell_start(uint8_t log) {
        log_to = log;
        if (!resume())
                report_start(&report);
}

void tell_resume(void) {
        (void) resume();
}

void tell_aloud(const ReportEntry *entry) {
        char line[REPORT_LINE_MAX];

        if (!(log_to & ROM_LOG_PORT) || port_in8(DEBUG_PORT) != DEBUG_PORT_ANSWER)
                return;
        report_line(entry, line);
        for (const char *at = line; *at != '\0'; at++)
                port_out8(DEBUG_PORT, (uint8_t) *at);
}

void tell_keep(const ReportEntry *entry) {
        report_add(&report, entry);
}

void tell(Step step, Outcome outcome, EFI_STATUS status, uint64_t value, uint64_t detail) {
        ReportEntry entry = { step, outcome, status, value, detail };

        tell_keep(&entry);
        tell_aloud(&entry);
}

void tell_publish(void) {
        if (log_to & ROM_LOG_VARIABLE)
                (void) RT->SetVariable(variable_name, &variable_guid,
                                       EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS, report_size(&report),
                                       report.bytes);
        BS->RestoreTPL(level_before);
}
