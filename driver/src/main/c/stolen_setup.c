#include "e820.h"
#include "setup.h"

/* An upper bound: QEMU writes fewer than 20 entries. */
#define E820_MAX (256U * E820_ENTRY_SIZE)

static uint64_t bdsm_read(Setup *setup) {
        uint64_t value = config_read32(setup, setup->generation->bdsm);

        if (setup->generation->bdsm_bits == 64)
                value |= (uint64_t) config_read32(setup, setup->generation->bdsm + 4U) << 32;
        return value;
}

static void bdsm_write(Setup *setup, uint64_t value) {
        config_write32(setup, setup->generation->bdsm, (uint32_t) value);
        if (setup->generation->bdsm_bits == 64)
                config_write32(setup, setup->generation->bdsm + 4U, (uint32_t) (value >> 32));
}

static uint64_t wanted_size(Setup *setup) {
        uint16_t ggc = (uint16_t) config_read32(setup, setup->generation->ggc);
        uint64_t size = fwcfg_number(&setup->fwcfg, "etc/igd-bdsm-size");
        Outcome source = OUTCOME_FROM_FW_CFG;

        if (size == 0) {
                size = generation_stolen_size(setup->generation, ggc);
                source = OUTCOME_FROM_DEVICE;
        }
        /* Guest drivers use as much as GGC says: more is harmless, less is not. */
        if (setup->data.stolen_size > size) {
                size = setup->data.stolen_size;
                source = OUTCOME_FROM_ROM;
        }
        if (size == 0 || size >= GIB4 - MIB) {
                report_step(STEP_STOLEN_SIZE, size == 0 ? OUTCOME_NONE : OUTCOME_INVALID, EFI_SUCCESS, size, ggc);
                return 0;
        }
        report_step(STEP_STOLEN_SIZE, source, EFI_SUCCESS, size, ggc);
        return (size + MIB - 1) / MIB * MIB;
}

static bool keep_preset(Setup *setup, uint64_t size) {
        uint64_t base = bdsm_base(setup->old_bdsm);

        if (base == 0 || (uint32_t) setup->old_bdsm == UINT32_MAX)
                return false;
        if (!pages_claim(EfiReservedMemoryType, base, size, &setup->stolen)) {
                report_step(STEP_STOLEN, OUTCOME_STALE, EFI_SUCCESS, base, size);
                return false;
        }
        if (setup->stolen.count > 0)
                memset(at_address(base), 0, size);
        report_step(STEP_STOLEN, setup->stolen.count > 0 ? OUTCOME_ALLOCATED_THERE : OUTCOME_KEPT, EFI_SUCCESS, base, size);
        return true;
}

/* Whether the hypervisor reserves [base, base + size) in low memory, and the firmware has not used it. */
static bool set_aside(Setup *setup, uint64_t base, uint64_t size) {
        _cleanup_(memory_map_done) MemoryMap map = memory_map_read();
        FwCfgFile file = fwcfg_find(&setup->fwcfg, "etc/e820");
        void *entries;
        bool is;

        if (file.selector == 0 || file.size > E820_MAX || map.bytes == NULL ||
            !memory_map_only(&map, base, size, MEMORY_SET_ASIDE))
                return false;
        if (BS->AllocatePool(EfiBootServicesData, file.size, &entries) != EFI_SUCCESS)
                return false;
        fwcfg_read(&setup->fwcfg, file, entries, file.size);
        is = e820_sets_aside(entries, file.size, base, size);
        BS->FreePool(entries);
        return is;
}

/* Takes the host's base, since drivers compare BDSM with other registers of the device, which hold that. */
static bool take_requested(Setup *setup, uint64_t size, uint64_t *ret_base) {
        uint64_t base = fwcfg_number(&setup->fwcfg, "etc/igd-stolen-base");
        Outcome outcome = OUTCOME_ALLOCATED_THERE;

        if (base == 0)
                base = setup->data.stolen_base;
        if (base == 0)
                return false;
        if (base % MIB != 0 || !range_ok(base, size, GIB4))
                outcome = OUTCOME_INVALID;
        else if (pages_allocate_at(EfiReservedMemoryType, base, size, &setup->stolen) != EFI_SUCCESS)
                outcome = set_aside(setup, base, size) ? OUTCOME_SET_ASIDE : OUTCOME_OCCUPIED;

        report_step(STEP_STOLEN, outcome, EFI_SUCCESS, base, size);
        if (outcome == OUTCOME_INVALID || outcome == OUTCOME_OCCUPIED)
                return false;
        *ret_base = base;
        return true;
}

static bool take_highest(Setup *setup, uint64_t size, uint64_t *ret_base) {
        _cleanup_(memory_map_done) MemoryMap map = memory_map_read();
        uint64_t base;
        EFI_STATUS err = EFI_OUT_OF_RESOURCES;

        if (memory_map_place(&map, size, MIB, GIB4, &base))
                err = pages_allocate_at(EfiReservedMemoryType, base, size, &setup->stolen);
        if (err != EFI_SUCCESS) {
                report_step(STEP_STOLEN, OUTCOME_FAILED, err, 0, size);
                return false;
        }
        report_step(STEP_STOLEN, OUTCOME_PLACED, EFI_SUCCESS, base, size);
        *ret_base = base;
        return true;
}

/* BAR0 shows the base too, and some drivers read it there. */
static void check_mirror(Setup *setup) {
        EFI_PCI_IO_PROTOCOL *pci = setup->pci;
        uint32_t parts[2] = {};
        uint64_t attributes, written = bdsm_base(bdsm_read(setup)), shown;
        size_t count = setup->generation->bdsm_bits / 32;
        EFI_STATUS err;

        if (setup->generation->bdsm_mirror == 0)
                return;
        err = pci->Attributes(pci, EfiPciIoAttributeOperationGet, 0, &attributes);
        if (err == EFI_SUCCESS)
                err = pci->Attributes(pci, EfiPciIoAttributeOperationEnable, EFI_PCI_IO_ATTRIBUTE_MEMORY, NULL);
        if (err == EFI_SUCCESS) {
                err = pci->MemRead(pci, EfiPciIoWidthUint32, /* bar= */ 0, setup->generation->bdsm_mirror, count, parts);
                (void) pci->Attributes(pci, EfiPciIoAttributeOperationSet, attributes, NULL);
        }
        shown = bdsm_base((uint64_t) parts[1] << 32 | parts[0]);
        report_step(STEP_STOLEN_MIRROR, err != EFI_SUCCESS ? OUTCOME_FAILED : shown == written ? OUTCOME_DONE : OUTCOME_DIFFERS, err,
             shown, written);
}

void setup_stolen(Setup *setup) {
        uint64_t size, base, shown;

        if (setup->generation == NULL || setup->generation->bdsm == 0 || !setup->generation->stolen_in_guest) {
                report_step(STEP_STOLEN, setup->generation == NULL ? OUTCOME_UNKNOWN : OUTCOME_NOT_NEEDED, EFI_SUCCESS, 0, 0);
                return;
        }

        size = wanted_size(setup);
        if (size == 0)
                return;
        setup->old_bdsm = bdsm_read(setup);
        if (keep_preset(setup, size)) {
                check_mirror(setup);
                return;
        }
        if (!take_requested(setup, size, &base) && !take_highest(setup, size, &base))
                return;

        memset(at_address(base), 0, size);
        bdsm_write(setup, base);
        setup->bdsm_written = true;
        shown = bdsm_base(bdsm_read(setup));
        if (shown != base) {
                report_step(STEP_STOLEN, OUTCOME_DIFFERS, EFI_DEVICE_ERROR, shown, base);
                undo_stolen(setup);
                return;
        }
        check_mirror(setup);
}

void undo_stolen(Setup *setup) {
        if (setup->bdsm_written)
                bdsm_write(setup, setup->old_bdsm);
        setup->bdsm_written = false;
        pages_done(&setup->stolen);
}
