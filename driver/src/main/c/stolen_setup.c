#include "e820.h"
#include "setup.h"

/* An upper bound: QEMU writes fewer than 20 entries. */
#define E820_MAX (256U * E820_ENTRY_SIZE)

/* The lock bit of BDSM: hardware ignores writes until it is reset. */
#define BDSM_LOCK 1U

/* Why BDSM is the host's, or is left alone: the detail of "not emulated". */
enum { LOCKED = 1, OUTSIDE_MEMORY = 2, KEEPS_ITS_VALUE = 3, NONE_OFFERED = 4 };

bool needs_stolen(const Setup *setup) {
        return setup->generation->bdsm != 0 && setup->generation->stolen_in_guest;
}

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

static void leave_alone(Setup *setup, unsigned reason) {
        report_step(STEP_STOLEN, OUTCOME_NOT_EMULATED, EFI_SUCCESS, bdsm_base(setup->old_bdsm), reason);
        if (reason != NONE_OFFERED)
                setup->emulation = NOT_EMULATED;
}

/* 0 when BDSM is to be left alone. */
static uint64_t wanted_size(Setup *setup) {
        uint16_t ggc = (uint16_t) config_read32(setup, setup->generation->ggc);
        uint64_t size = generation_stolen_size(setup->generation, ggc), offered = 0;
        Outcome source = OUTCOME_FROM_DEVICE;
        bool is_offered = fwcfg_number(&setup->fwcfg, "etc/igd-bdsm-size", &offered);

        /* Drivers use as much as GGC says, which may be more than the hypervisor knows of: too much is harmless, too little is not. */
        if (is_offered && offered >= size) {
                size = offered;
                source = OUTCOME_FROM_FW_CFG;
        }
        if (setup->data.stolen_size > size) {
                size = setup->data.stolen_size;
                source = OUTCOME_FROM_ROM;
        }
        if (is_offered && offered == 0) {
                /* Source: QEMU, hw/vfio/igd.c: 0 for a device whose BDSM it does not emulate. */
                report_step(STEP_STOLEN_SIZE, OUTCOME_FROM_FW_CFG, EFI_SUCCESS, 0, ggc);
                return 0;
        }
        if (size == 0 || size >= GIB4 - MIB) {
                report_step(STEP_STOLEN_SIZE, size == 0 ? OUTCOME_NONE : OUTCOME_INVALID, EFI_SUCCESS, size, ggc);
                return 0;
        }
        report_step(STEP_STOLEN_SIZE, source, EFI_SUCCESS, size, ggc);
        return (size + MIB - 1) / MIB * MIB;
}

/* The file etc/e820, from AllocatePool(); NULL without one. */
static uint8_t *read_e820(Setup *setup, size_t *ret_size) {
        FwCfgFile file = fwcfg_find(&setup->fwcfg, "etc/e820");
        void *entries;

        if (file.selector == 0 || file.size == 0 || file.size > E820_MAX ||
            BS->AllocatePool(EfiBootServicesData, file.size, &entries) != EFI_SUCCESS)
                return NULL;
        fwcfg_read(&setup->fwcfg, file, entries, file.size);
        *ret_size = file.size;
        return entries;
}

/* Whether it is memory of the guest's. The UEFI memory map alone is no proof: it reserves ranges of devices too. */
static bool is_guest_memory(Setup *setup, uint64_t base, uint64_t size) {
        _cleanup_(memory_map_done) MemoryMap map = memory_map_read();
        size_t length;
        uint8_t *entries = read_e820(setup, &length);
        bool is = entries != NULL ? e820_covers(entries, length, base, size)
                                  : memory_map_covers(&map, base, size, MEMORY_READABLE);

        if (entries != NULL)
                BS->FreePool(entries);
        return is;
}

/* Whether a written value can be read back. The memory that BDSM points to is ours. */
static bool bdsm_is_writable(Setup *setup) {
        uint64_t other = setup->old_bdsm ^ MIB, shown;

        bdsm_write(setup, other);
        shown = bdsm_read(setup);
        bdsm_write(setup, setup->old_bdsm);
        return shown == other;
}

static bool keep_preset(Setup *setup, uint64_t size) {
        uint64_t base = bdsm_base(setup->old_bdsm);

        if (!pages_claim(EfiReservedMemoryType, base, size, &setup->stolen)) {
                report_step(STEP_STOLEN, OUTCOME_STALE, EFI_SUCCESS, base, size);
                return false;
        }
        /* Not zeroed: it may be the hypervisor's, or the host's own. */
        report_step(STEP_STOLEN, setup->stolen.count > 0 ? OUTCOME_ALLOCATED_THERE : OUTCOME_KEPT, EFI_SUCCESS, base, size);
        if (!(setup->old_bdsm & BDSM_LOCK) && bdsm_is_writable(setup))
                setup->emulation = EMULATED;
        return true;
}

/* Whether the hypervisor reserves [base, base + size) in low memory, and the firmware has not used it. */
static bool set_aside(Setup *setup, uint64_t base, uint64_t size) {
        _cleanup_(memory_map_done) MemoryMap map = memory_map_read();
        size_t length;
        uint8_t *entries;
        bool is;

        if (map.bytes == NULL || !memory_map_only(&map, base, size, MEMORY_SET_ASIDE))
                return false;
        entries = read_e820(setup, &length);
        if (entries == NULL)
                return false;
        is = e820_sets_aside(entries, length, base, size);
        BS->FreePool(entries);
        return is;
}

/* Takes the host's base, since drivers compare BDSM with other registers of the device, which hold that. */
static bool take_requested(Setup *setup, uint64_t size, uint64_t *ret_base) {
        uint64_t base = 0;
        Outcome outcome = OUTCOME_ALLOCATED_THERE;

        (void) fwcfg_number(&setup->fwcfg, "etc/igd-stolen-base", &base);
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
        err = registers_open(setup, &attributes);
        if (err == EFI_SUCCESS) {
                err = pci->MemRead(pci, EfiPciIoWidthUint32, /* bar= */ 0, setup->generation->bdsm_mirror, count, parts);
                err = registers_close(setup, attributes, err);
        }
        shown = bdsm_base((uint64_t) parts[1] << 32 | parts[0]);
        report_step(STEP_STOLEN_MIRROR, err != EFI_SUCCESS ? OUTCOME_FAILED : shown == written ? OUTCOME_DONE : OUTCOME_DIFFERS, err,
             shown, written);
}

static void claimed(Setup *setup, uint64_t base, uint64_t size) {
        setup->stolen_claimed = true;
        setup->stolen_base = base;
        setup->stolen_size = size;
        check_mirror(setup);
}

/* Writes BDSM; false, and nothing changed, when it does not hold the value: then it is the host's. */
static bool publish(Setup *setup, uint64_t base) {
        uint64_t shown;

        bdsm_write(setup, base);
        setup->bdsm_written = true;
        shown = bdsm_read(setup);
        if (bdsm_base(shown) == base) {
                setup->emulation = EMULATED;
                return true;
        }
        undo_stolen(setup);
        if (shown == setup->old_bdsm)
                leave_alone(setup, KEEPS_ITS_VALUE);
        else {
                report_step(STEP_STOLEN, OUTCOME_DIFFERS, EFI_DEVICE_ERROR, bdsm_base(shown), base);
                setup->emulation = NOT_EMULATED;
        }
        return false;
}

void setup_stolen(Setup *setup) {
        uint64_t size, base;

        if (!needs_stolen(setup)) {
                report_step(STEP_STOLEN, OUTCOME_NOT_NEEDED, EFI_SUCCESS, 0, 0);
                return;
        }

        setup->old_bdsm = bdsm_read(setup);
        size = wanted_size(setup);
        if (size == 0) {
                leave_alone(setup, NONE_OFFERED);
                return;
        }
        base = bdsm_base(setup->old_bdsm);
        if (base != 0 && !is_guest_memory(setup, base, size)) {
                leave_alone(setup, OUTSIDE_MEMORY);
                return;
        }
        /* Source: bhyve, pci_gvt-d.c: a locked value may be the guest's, since the lock bit is the host's; then there is an OpRegion. */
        if ((setup->old_bdsm & BDSM_LOCK) && (base == 0 || !setup->preset.valid)) {
                leave_alone(setup, LOCKED);
                return;
        }
        if (base != 0 && keep_preset(setup, size)) {
                claimed(setup, base, size);
                return;
        }
        if (setup->old_bdsm & BDSM_LOCK) {
                leave_alone(setup, LOCKED);
                return;
        }
        if ((!take_requested(setup, size, &base) && !take_highest(setup, size, &base)) || !publish(setup, base))
                return;

        memset(at_address(base), 0, size);
        claimed(setup, base, size);
}

void undo_stolen(Setup *setup) {
        if (setup->bdsm_written)
                bdsm_write(setup, setup->old_bdsm);
        setup->bdsm_written = setup->stolen_claimed = false;
        pages_done(&setup->stolen);
}
