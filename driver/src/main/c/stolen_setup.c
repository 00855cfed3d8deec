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
        uint64_t value = UINT32_MAX; /* of 32 bits when it cannot be read */

        (void) setup->pci->PciRead(
                setup->pci, EfiPciIoWidthUint32, setup->generation->bdsm, setup->generation->bdsm_bits / 32, &value);
        return value;
}

static void bdsm_write(Setup *setup, uint64_t value) {
        (void) setup->pci->PciWrite(
                setup->pci, EfiPciIoWidthUint32, setup->generation->bdsm, setup->generation->bdsm_bits / 32, &value);
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
        bool is_offered = fwcfg_number("etc/igd-bdsm-size", &offered);

        /* Drivers use as much as GGC says, which may be more than the hypervisor knows of: too much is harmless, too little is not. */
        if (is_offered && offered >= size) {
                size = offered;
                source = OUTCOME_FROM_FW_CFG;
        }
        if (setup->data->stolen_size > size) {
                size = setup->data->stolen_size;
                source = OUTCOME_FROM_ROM;
        }
        if (is_offered && offered == 0) {
                /* Source: QEMU, hw/vfio/igd.c: 0 for a device whose BDSM it does not emulate. */
                size = 0;
                source = OUTCOME_FROM_FW_CFG;
        } else if (size == 0)
                source = OUTCOME_NONE;
        else if (size >= GIB4 - MIB)
                source = OUTCOME_INVALID;
        report_step(STEP_STOLEN_SIZE, source, EFI_SUCCESS, size, ggc);
        return source == OUTCOME_INVALID ? 0 : (size + MIB - 1) / MIB * MIB;
}

/* The file etc/e820; empty without one. */
static MemoryMap e820(void) {
        static uint8_t entries[E820_MAX];
        size_t size = fwcfg_read("etc/e820", entries, sizeof entries);

        return (MemoryMap){
                .bytes = entries,
                .size = size <= sizeof entries ? size : 0,
                .stride = E820_ENTRY_SIZE,
                .format = &e820_entry,
        };
}

/* Whether it is memory of the guest's. The UEFI memory map alone is no proof: it reserves ranges of devices too. */
static bool is_guest_memory(uint64_t base, uint64_t size) {
        MemoryMap map = e820();

        return map.size > 0 ? memory_map_covers(&map, base, size, E820_READABLE)
                            : memory_map_covers(memory_map(), base, size, MEMORY_READABLE);
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
static bool set_aside(uint64_t base, uint64_t size) {
        const MemoryMap *map = memory_map();
        MemoryMap reserved = e820();

        return map->size > 0 && memory_map_only(map, base, size, MEMORY_SET_ASIDE) && e820_sets_aside(&reserved, base, size);
}

/* Takes the host's base, since drivers compare BDSM with other registers of the device, which hold that. 0 when it cannot be had. */
static uint64_t take_requested(Setup *setup, uint64_t size) {
        uint64_t base = 0;
        Outcome outcome = OUTCOME_ALLOCATED_THERE;

        (void) fwcfg_number("etc/igd-stolen-base", &base);
        if (base == 0)
                base = setup->data->stolen_base;
        if (base == 0)
                return 0;
        if (base % MIB != 0 || !range_ok(base, size, GIB4))
                outcome = OUTCOME_INVALID;
        else if (pages_allocate_at(EfiReservedMemoryType, base, size, &setup->stolen) != EFI_SUCCESS)
                outcome = set_aside(base, size) ? OUTCOME_SET_ASIDE : OUTCOME_OCCUPIED;

        report_step(STEP_STOLEN, outcome, EFI_SUCCESS, base, size);
        return outcome == OUTCOME_INVALID || outcome == OUTCOME_OCCUPIED ? 0 : base;
}

static uint64_t take_highest(Setup *setup, uint64_t size) {
        uint64_t base = memory_map_place(memory_map(), size);
        EFI_STATUS err = EFI_OUT_OF_RESOURCES;

        if (base != 0)
                err = pages_allocate_at(EfiReservedMemoryType, base, size, &setup->stolen);
        if (err != EFI_SUCCESS)
                base = 0;
        report_step(STEP_STOLEN, err == EFI_SUCCESS ? OUTCOME_PLACED : OUTCOME_FAILED, err, base, size);
        return base;
}

/* BAR0 shows the base too, and some drivers read it there. */
static void check_mirror(Setup *setup) {
        uint64_t written = bdsm_base(bdsm_read(setup)), shown = 0;
        EFI_STATUS err;

        if (setup->generation->bdsm_mirror == 0)
                return;
        err = setup->pci->MemRead(setup->pci, EfiPciIoWidthUint32, /* bar= */ 0, setup->generation->bdsm_mirror,
                                  setup->generation->bdsm_bits / 32, &shown);
        shown = bdsm_base(shown);
        report_step(STEP_STOLEN_MIRROR, err != EFI_SUCCESS ? OUTCOME_FAILED : shown == written ? OUTCOME_DONE : OUTCOME_DIFFERS, err,
             shown, written);
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

/* Allocates memory, zeroes it, and writes its address to BDSM; 0 when that fails. */
static uint64_t take_new(Setup *setup, uint64_t size) {
        uint64_t base = take_requested(setup, size);

        if (base == 0)
                base = take_highest(setup, size);
        if (base == 0 || !publish(setup, base))
                return 0;
        memset(at_address(base), 0, size);
        return base;
}

void setup_stolen(Setup *setup) {
        uint64_t size, base;
        unsigned reason = 0;

        if (!needs_stolen(setup)) {
                report_step(STEP_STOLEN, OUTCOME_NOT_NEEDED, EFI_SUCCESS, 0, 0);
                return;
        }

        setup->old_bdsm = bdsm_read(setup);
        size = wanted_size(setup);
        base = bdsm_base(setup->old_bdsm);
        if (size == 0)
                reason = NONE_OFFERED;
        else if (base != 0 && !is_guest_memory(base, size))
                reason = OUTSIDE_MEMORY;
        /* Source: bhyve, pci_gvt-d.c: a locked value may be the guest's, since the lock bit is the host's; then there is an OpRegion. */
        else if ((setup->old_bdsm & BDSM_LOCK) && (base == 0 || !setup->preset.valid))
                reason = LOCKED;
        else if (base == 0 || !keep_preset(setup, size)) {
                if (setup->old_bdsm & BDSM_LOCK)
                        reason = LOCKED;
                else
                        base = take_new(setup, size);
        }
        if (reason != 0)
                leave_alone(setup, reason);
        else if (base != 0) {
                setup->stolen_claimed = true;
                setup->stolen_base = base;
                setup->stolen_size = size;
                check_mirror(setup);
        }
}

void undo_stolen(Setup *setup) {
        if (setup->bdsm_written)
                bdsm_write(setup, setup->old_bdsm);
        setup->bdsm_written = setup->stolen_claimed = false;
        pages_done(&setup->stolen);
}
