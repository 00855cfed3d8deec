/* What is done to one device, and how it is undone. */
#pragma once

#include "fwcfg.h"
#include "generation.h"
#include "memory_map.h"
#include "proto/pci_io.h"
#include "report.h"
#include "rom_data.h"

#define CONFIG_ASLS 0xfc

/* Pages that are ours; freed with the number they were allocated with. */
typedef struct Pages {
        EFI_PHYSICAL_ADDRESS base;
        size_t count; /* 0 for none */
} Pages;

EFI_STATUS pages_allocate(EFI_MEMORY_TYPE type, uint64_t size, Pages *ret_pages); /* below 4 GiB */
EFI_STATUS pages_allocate_at(EFI_MEMORY_TYPE type, uint64_t base, uint64_t size, Pages *ret_pages);

/* Whether [base, base + size) is nobody else's: allocated now, or set aside in the memory map, and then ret_pages has none. */
bool pages_claim(EFI_MEMORY_TYPE type, uint64_t base, uint64_t size, Pages *ret_pages);
void pages_done(Pages *pages);

static inline uint8_t *at_address(EFI_PHYSICAL_ADDRESS address) {
        return (uint8_t *) (uintptr_t) address;
}

typedef struct Setup {
        EFI_PCI_IO_PROTOCOL *pci; /* first, since other images of the driver look at it, of whatever version */
        const Generation *generation; /* NULL when not known */
        FwCfg fwcfg;
        RomData data;

        Pages opregion, opregion_vbt; /* the second for one elsewhere, of a preset OpRegion */
        uint32_t old_asls;
        bool asls_written;
        EFI_PHYSICAL_ADDRESS opregion_base; /* 0 for none */
        size_t opregion_size;
        EFI_PHYSICAL_ADDRESS vbt_base; /* 0 for none */
        size_t vbt_size;

        Pages stolen;
        uint64_t old_bdsm;
        bool bdsm_written;

        Pages vbt; /* the copy for the GOP */
        bool policy_installed;
} Setup;

void setup_opregion(Setup *setup);
void undo_opregion(Setup *setup);
void setup_stolen(Setup *setup);
void undo_stolen(Setup *setup);
void setup_policy(Setup *setup);
void undo_policy(Setup *setup);

uint32_t config_read32(Setup *setup, uint32_t offset);
void config_write32(Setup *setup, uint32_t offset, uint32_t value);

/* The UEFI memory map, for as long as something stays allocated; bytes is NULL when it cannot be had. */
MemoryMap memory_map_read(void);
void memory_map_done(MemoryMap *map);

/* report_out.c: tell_start() or tell_resume(), what is to be told, tell_publish(); events of others wait from the first to the last. */
void tell_start(uint8_t log); /* in the entry point */
void tell_resume(void); /* anywhere else: others may have told since */
void tell_aloud(const ReportEntry *entry); /* to the debug port */
void tell_keep(const ReportEntry *entry);  /* in the report */
void tell(Step step, Outcome outcome, EFI_STATUS status, uint64_t value, uint64_t detail);
void tell_publish(void);
