/* What the driver did, step by step, as bytes for the variable IgdromReport: see docs/driver-data.md. Pure. */
#pragma once

#include "base.h"

#define REPORT_VERSION 1U
#define REPORT_HEADER_SIZE 0x20U
#define REPORT_ENTRY_SIZE 24U
#define REPORT_MAX_ENTRIES 160U
#define REPORT_MAX (REPORT_HEADER_SIZE + REPORT_MAX_ENTRIES * REPORT_ENTRY_SIZE)

assert_cc(REPORT_MAX < 4096);

/* The numbers are the format: never change one, add behind the last. */
typedef enum Step {
        STEP_DRIVER = 1,   /* value: the driver's version; detail: 1 when loaded from a ROM */
        STEP_DEVICE = 2,   /* value: vendor and device id, class, revision; detail: segment, bus, device, function */
        STEP_GENERATION = 3, /* value: up to eight letters of its name; detail: graphics version times 100 */
        STEP_ROM_DATA = 4, /* value: size */
        STEP_FW_CFG = 5,   /* value: the ID register; detail: number of files */
        STEP_OPREGION = 6, /* value: address, or what offered it when it is invalid or without a VBT; detail: size */
        STEP_VBT = 7,      /* value: offset in the OpRegion, from 256 KiB on the address of one elsewhere; detail: size */
        STEP_STOLEN_SIZE = 8, /* value: bytes; detail: GGC */
        STEP_STOLEN = 9,   /* value: base; detail: size */
        STEP_STOLEN_MIRROR = 10, /* value: what BAR0 shows; detail: what was written */
        STEP_GOP_POLICY = 11, /* value: address of the VBT's copy; detail: its size */
        STEP_UNDO = 12,    /* the driver was stopped; kept: its device was gone, what that points at stays allocated */
        STEP_POLICY_ASKED = 13, /* value: where the asker goes on; detail: which member; once for each */
        STEP_LAST = STEP_POLICY_ASKED,
} Step;

/* The members of PlatformGopPolicy, in its order. */
#define POLICY_LID 1U
#define POLICY_VBT 2U
#define POLICY_DOCK 3U

typedef enum Outcome {
        OUTCOME_FOUND = 1,     /* it is there; nothing was done */
        OUTCOME_NONE = 2,      /* it is not there */
        OUTCOME_KEPT = 3,      /* preset by the hypervisor, and set aside in the memory map */
        OUTCOME_ALLOCATED_THERE = 4, /* preset or wished for, and memory there was free */
        OUTCOME_SET_ASIDE = 5, /* wished for, and the hypervisor's memory map reserves it */
        OUTCOME_PLACED = 6,    /* put where there was room */
        OUTCOME_FROM_FW_CFG = 7,
        OUTCOME_FROM_ROM = 8,
        OUTCOME_FROM_DEVICE = 9,
        OUTCOME_STALE = 10,    /* preset, but not to be trusted: counts as unset */
        OUTCOME_INVALID = 11,  /* it is there and broken */
        OUTCOME_REPAIRED = 12, /* RVDA made relative, or taken out */
        OUTCOME_NOT_NEEDED = 13, /* this generation does not have it */
        OUTCOME_UNKNOWN = 14,  /* a device this driver does not know */
        OUTCOME_FAILED = 15,   /* see the status */
        OUTCOME_DONE = 16,
        OUTCOME_DIFFERS = 17,  /* read back otherwise than written */
        OUTCOME_OCCUPIED = 18, /* the wished-for place is not free */
        OUTCOME_IGNORED = 19,  /* another driver or an earlier start did this */
        OUTCOME_WITHOUT_VBT = 20, /* an OpRegion, but other sources may have one with a VBT */
        OUTCOME_IN_USE = 21,   /* a driver works with the device */
        OUTCOME_LAST = OUTCOME_IN_USE,
} Outcome;

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

/* Goes on with a report that another image of the driver left; false, and nothing done, when that is none. */
bool report_resume(Report *report, const uint8_t *bytes, size_t size);

/* When there is no room, the entry is only counted. */
void report_add(Report *report, const ReportEntry *entry);

size_t report_size(const Report *report);

/* One line of text, ended by a newline and NUL, for the debug port. */
#define REPORT_LINE_MAX 104U
void report_line(const ReportEntry *entry, char ret_line[REPORT_LINE_MAX]);
