/* The setup of one device, and its undoing. */
#pragma once

#include "fwcfg.h"
#include "generation.h"
#include "memory_map.h"
#include "proto/pci_io.h"
#include "report.h"
#include "rom_data.h"

#define CONFIG_ASLS 0xfc

/* The protocol on a device that was set up; its interface is Setup. */
#define SETUP_GUID { 0xb7a1d4c6, 0x2e85, 0x4f39, { 0x8c, 0x1d, 0x60, 0xfa, 0x93, 0x27, 0x5e, 0x0b } }

/* Pages that the driver allocated; they have to be freed with the same count. */
typedef struct Pages {
        EFI_PHYSICAL_ADDRESS base;
        size_t count; /* 0 for none */
} Pages;

EFI_STATUS pages_allocate(EFI_MEMORY_TYPE type, uint64_t size, Pages *ret_pages); /* below 4 GiB */
EFI_STATUS pages_allocate_at(EFI_MEMORY_TYPE type, uint64_t base, uint64_t size, Pages *ret_pages);

/* Whether the driver may use [base, base + size): it was free and is now allocated to ret_pages, or the memory map reserves it. */
bool pages_claim(EFI_MEMORY_TYPE type, uint64_t base, uint64_t size, Pages *ret_pages);
void pages_done(Pages *pages);

static inline uint8_t *at_address(EFI_PHYSICAL_ADDRESS address) {
        return (uint8_t *) (uintptr_t) address;
}

/* Whether BDSM shows that the hypervisor emulates the registers of this device; else they are the host's. */
typedef enum Emulation { EMULATION_UNKNOWN, EMULATED, NOT_EMULATED } Emulation;

/* The OpRegion that ASLS points to when the driver starts. */
typedef struct Preset {
        bool valid; /* and its memory is reserved */
        size_t extent;
        EFI_PHYSICAL_ADDRESS outside_base; /* of a VBT outside the extent */
        size_t outside_size; /* 0 for none */
        EFI_PHYSICAL_ADDRESS vbt_base; /* 0 for none */
        size_t vbt_size;
} Preset;

typedef struct Setup {
        EFI_PCI_IO_PROTOCOL *pci; /* first, since images of other versions read it */
        const Generation *generation; /* NULL when unknown: then nothing is set up */
        const RomData *data;
        Emulation emulation;
        bool is_secondary; /* not the VGA device: no OpRegion is normal */
        bool asls_is_ours, asls_written;
        bool bdsm_written;
        bool stolen_claimed; /* BDSM points to memory of the guest's that is reserved */
        bool policy_installed;
        uint32_t old_asls;
        uint64_t old_bdsm;

        Pages opregion, opregion_vbt; /* the second for a VBT outside a preset OpRegion */
        EFI_PHYSICAL_ADDRESS opregion_base; /* 0 for none */
        size_t opregion_size;
        EFI_PHYSICAL_ADDRESS vbt_base; /* 0 for none */
        size_t vbt_size;

        Pages stolen;
        uint64_t stolen_base, stolen_size; /* when claimed */
        Pages vbt; /* the copy for the GOP */
        Preset preset;
} Setup;

/* In this order. */
void claim_preset(Setup *setup);
void setup_stolen(Setup *setup);
void setup_opregion(Setup *setup);
void setup_display_state(Setup *setup);
void setup_policy(Setup *setup);

bool needs_stolen(const Setup *setup); /* the generation has stolen memory that a guest must set up */
void undo_opregion(Setup *setup);
void undo_stolen(Setup *setup);

/*
 * The policy is withdrawn first, which fails when somebody uses it: then nothing has changed. Until undo_policy() it can be offered
 * again.
 */
EFI_STATUS withdraw_policy(Setup *setup);
void offer_policy_again(Setup *setup);
void undo_policy(Setup *setup);

uint32_t config_read32(Setup *setup, uint32_t offset);
void config_write32(Setup *setup, uint32_t offset, uint32_t value);

/* The UEFI memory map of this moment, valid until the next call; empty when it cannot be read, or is larger than any real one. */
#define MEMORY_MAP_MAX (64U * KIB)
const MemoryMap *memory_map(void);

/*
 * The report, from reading the variable to writing it. Until it is closed, events wait: another image of the driver that
 * reports in an event would have its entries overwritten.
 */
typedef struct ReportScope {
        size_t old_tpl;
} ReportScope;

ReportScope report_begin(uint8_t log); /* in the entry point; log is RomData.log */
ReportScope report_open(void);         /* later: other images may have reported since */
void report_close(ReportScope *scope);

/* Between the two: adds an entry to the variable, writes it to the debug port, or does both. */
void report_keep(const ReportEntry *entry);
void report_print(const ReportEntry *entry);
void report_step(Step step, Outcome outcome, EFI_STATUS status, uint64_t value, uint64_t detail);
