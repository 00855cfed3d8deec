#include "opregion.h"
#include "setup.h"
#include "vbt.h"

typedef enum Taken { NOT_TAKEN, WITHOUT_VBT, TAKEN } Taken;

/* Whether to use an OpRegion: it has a VBT, or any OpRegion will do. */
static bool is_acceptable(const Setup *setup, Outcome source, size_t size, bool any) {
        if (setup->vbt_base == 0 && !any)
                report_step(STEP_OPREGION, OUTCOME_WITHOUT_VBT, EFI_SUCCESS, (uint64_t) source, size);
        return setup->vbt_base != 0 || any;
}

/* Whether the registers may belong to this guest: a hypervisor that emulates ASLS presets it or offers a file. */
static bool asls_is_ours(const Setup *setup) {
        if ((setup->data.flags & ROM_ASLS_ALWAYS) || setup->emulation == EMULATED)
                return true;
        /* Source: QEMU, hw/vfio/igd.c and pci-quirks.c: the file is there exactly where ASLS is emulated, also without BDSM. */
        if (fwcfg_find(&setup->fwcfg, "etc/igd-opregion").selector != 0)
                return true;
        return setup->preset.valid && setup->emulation != NOT_EMULATED;
}

/* An address that a firmware or a hypervisor could have given to this guest. */
static bool is_guest_address(uint64_t address) {
        _cleanup_(memory_map_done) MemoryMap map = memory_map_read();

        return address % PAGE_SIZE == 0 && memory_map_covers(&map, address, OPREGION_SIZE, MEMORY_READABLE);
}

/* Reads the OpRegion at ASLS, if it is valid. */
static Preset read_preset(uint64_t base) {
        _cleanup_(memory_map_done) MemoryMap map = memory_map_read();
        Preset preset = {};
        OpRegionShape shape;
        size_t offset;

        if (base % PAGE_SIZE != 0 || !memory_map_covers(&map, base, OPREGION_SIZE, MEMORY_READABLE) ||
            !opregion_shape(at_address(base), &shape) || !opregion_extent(&shape, &preset.extent) ||
            !memory_map_covers(&map, base, preset.extent, MEMORY_READABLE))
                return (Preset){};
        if (shape.rvda == RVDA_ABSOLUTE) {
                if (!memory_map_covers(&map, shape.vbt_address, shape.vbt_size, MEMORY_READABLE))
                        return (Preset){};
                preset.outside_base = shape.vbt_address;
                preset.outside_size = shape.vbt_size;
        }
        if (preset.outside_size > 0 && vbt_size(at_address(preset.outside_base), preset.outside_size, &preset.vbt_size))
                preset.vbt_base = preset.outside_base;
        else if (opregion_locate_vbt(at_address(base), preset.extent, &offset, &preset.vbt_size))
                preset.vbt_base = base + offset;
        preset.valid = true;
        return preset;
}

void claim_preset(Setup *setup) {
        _cleanup_(pages_done) Pages region = {}, vbt = {};
        uint64_t base = setup->old_asls = config_read32(setup, CONFIG_ASLS);
        Preset preset;

        if (base == 0 || base == UINT32_MAX)
                return;
        /* A reset does not clear RAM, so ASLS may point to an old copy or to anything else. */
        preset = read_preset(base);
        if (!preset.valid || !pages_claim(EfiACPIMemoryNVS, base, preset.extent, &region) ||
            (preset.outside_size > 0 && !pages_claim(EfiACPIMemoryNVS, preset.outside_base, preset.outside_size, &vbt))) {
                report_step(STEP_OPREGION, is_guest_address(base) ? OUTCOME_STALE : OUTCOME_HOSTS, EFI_SUCCESS, base, 0);
                return;
        }
        setup->preset = preset;
        setup->opregion = TAKE_STRUCT(region);
        setup->opregion_vbt = TAKE_STRUCT(vbt);
}

/* Whether nobody reserved the preset OpRegion: others may have written to it since it was made. */
static bool is_unprotected(const Setup *setup) {
        return setup->opregion.count > 0 || setup->opregion_vbt.count > 0;
}

/* Keeps the OpRegion that ASLS already points to. */
static Taken keep_preset(Setup *setup, bool any) {
        const Preset *preset = &setup->preset;

        if (!preset->valid)
                return NOT_TAKEN;
        setup->vbt_base = preset->vbt_base;
        setup->vbt_size = preset->vbt_size;
        if (!is_acceptable(setup, OUTCOME_KEPT, preset->extent, any))
                return WITHOUT_VBT;

        report_step(STEP_OPREGION, is_unprotected(setup) ? OUTCOME_ALLOCATED_THERE : OUTCOME_KEPT, EFI_SUCCESS, setup->old_asls,
                    preset->extent);
        setup->opregion_base = setup->old_asls;
        setup->opregion_size = preset->extent;
        return TAKEN;
}

/* Gives memory that the preset OpRegion had to itself to the copy, which replaces it; else that memory is freed. */
static void move_to_preset(Setup *setup, Pages *copy) {
        Pages place = TAKE_STRUCT(setup->opregion);

        pages_done(&setup->opregion_vbt);
        if (place.count >= copy->count) {
                memset(at_address(place.base), 0, place.count * PAGE_SIZE);
                memcpy(at_address(place.base), at_address(copy->base), copy->count * PAGE_SIZE);
                if (setup->vbt_base != 0)
                        setup->vbt_base += place.base - copy->base;
                pages_done(copy);
                *copy = place;
        } else
                pages_done(&place);
}

/* Whether ASLS holds the address in the end; else it holds its old value. */
static bool write_asls(Setup *setup, uint32_t address) {
        uint32_t shown;

        if (address == setup->old_asls)
                return true;
        config_write32(setup, CONFIG_ASLS, address);
        shown = config_read32(setup, CONFIG_ASLS);
        if (shown != address) {
                config_write32(setup, CONFIG_ASLS, setup->old_asls);
                report_step(STEP_OPREGION, OUTCOME_DIFFERS, EFI_DEVICE_ERROR, shown, address);
                return false;
        }
        setup->asls_written = true;
        return true;
}

/* Copies a file to memory that the operating system leaves alone, and writes its address to ASLS. Where ASLS is the host's, the copy is
 * for the GOP only. */
static Taken publish(Setup *setup, const uint8_t *bytes, size_t size, Outcome source, bool any) {
        _cleanup_(pages_done) Pages copy = {};
        OpRegionPlan plan;
        EFI_STATUS err;
        size_t offset;

        if (!opregion_plan(bytes, size, &plan)) {
                report_step(STEP_OPREGION, OUTCOME_INVALID, EFI_UNSUPPORTED, (uint64_t) source, size);
                return NOT_TAKEN;
        }

        err = pages_allocate(setup->asls_is_ours ? EfiACPIMemoryNVS : EfiBootServicesData, plan.extent, &copy);
        if (err != EFI_SUCCESS) {
                report_step(STEP_OPREGION, OUTCOME_FAILED, err, 0, plan.extent);
                return NOT_TAKEN;
        }
        memset(at_address(copy.base), 0, copy.count * PAGE_SIZE);
        memcpy(at_address(copy.base), bytes, plan.extent);
        opregion_settle(at_address(copy.base), &plan);
        if (opregion_locate_vbt(at_address(copy.base), plan.extent, &offset, &setup->vbt_size))
                setup->vbt_base = copy.base + offset;
        if (!is_acceptable(setup, source, plan.extent, any))
                return WITHOUT_VBT;
        if (plan.rewritten || plan.cleared)
                report_step(STEP_OPREGION, OUTCOME_REPAIRED, EFI_SUCCESS, plan.rvda, plan.rvds);

        move_to_preset(setup, &copy);
        if (!setup->asls_is_ours && copy.base != setup->old_asls)
                report_step(STEP_OPREGION, OUTCOME_NOT_EMULATED, EFI_SUCCESS, setup->old_asls, plan.extent);
        else if (write_asls(setup, (uint32_t) copy.base))
                report_step(STEP_OPREGION, source, EFI_SUCCESS, copy.base, plan.extent);
        setup->opregion_base = copy.base;
        setup->opregion_size = plan.extent;
        setup->opregion = TAKE_STRUCT(copy);
        return TAKEN;
}

static Taken publish_embedded(Setup *setup, bool any) {
        if (setup->data.opregion_size == 0)
                return NOT_TAKEN;
        return publish(setup, setup->data.opregion, setup->data.opregion_size, OUTCOME_FROM_ROM, any);
}

static Taken publish_fwcfg(Setup *setup, bool any) {
        FwCfgFile file = fwcfg_find(&setup->fwcfg, "etc/igd-opregion");
        void *bytes;
        EFI_STATUS err;
        Taken taken;

        if (file.selector == 0)
                return NOT_TAKEN;
        if (file.size < OPREGION_SIZE || file.size > OPREGION_MAX) {
                report_step(STEP_OPREGION, OUTCOME_INVALID, EFI_UNSUPPORTED, OUTCOME_FROM_FW_CFG, file.size);
                return NOT_TAKEN;
        }

        err = BS->AllocatePool(EfiBootServicesData, file.size, &bytes);
        if (err != EFI_SUCCESS) {
                report_step(STEP_OPREGION, OUTCOME_FAILED, err, 0, file.size);
                return NOT_TAKEN;
        }
        fwcfg_read(&setup->fwcfg, file, bytes, file.size);
        taken = publish(setup, bytes, file.size, OUTCOME_FROM_FW_CFG, any);
        BS->FreePool(bytes);
        return taken;
}

enum { PRESET, FW_CFG, EMBEDDED, SOURCES };

static Taken take(Setup *setup, unsigned source, bool any) {
        Taken taken = source == PRESET ? keep_preset(setup, any)
                : source == FW_CFG     ? publish_fwcfg(setup, any)
                                       : publish_embedded(setup, any);

        if (taken != TAKEN)
                setup->vbt_base = 0;
        return taken;
}

/* Asks the sources in this order; igdrom.driver.OpRegionSources is the same in Java. */
static bool take_first(Setup *setup, const uint8_t order[SOURCES]) {
        bool without_vbt[SOURCES] = {};

        /* A GOP needs a VBT, so sources without one come last. */
        for (unsigned i = 0; i < SOURCES; i++) {
                Taken taken = take(setup, order[i], /* any= */ false);
                if (taken == TAKEN)
                        return true;
                without_vbt[i] = taken == WITHOUT_VBT;
        }
        for (unsigned i = 0; i < SOURCES; i++)
                if (without_vbt[i] && take(setup, order[i], /* any= */ true) == TAKEN)
                        return true;
        return false;
}

void setup_opregion(Setup *setup) {
        static const uint8_t preset_first[] = { PRESET, FW_CFG, EMBEDDED }, preset_last[] = { FW_CFG, EMBEDDED, PRESET };

        setup->asls_is_ours = asls_is_ours(setup);
        /* Without ASLS an OpRegion is for the GOP only, and without stolen memory a GOP gets none. */
        if (!setup->asls_is_ours && !setup->preset.valid && needs_stolen(setup) && !setup->stolen_claimed) {
                report_step(STEP_OPREGION, OUTCOME_NOT_EMULATED, EFI_SUCCESS, setup->old_asls, 0);
                return;
        }
        if (setup->data.flags & ROM_EMBEDDED_WINS) {
                /* With or without a VBT: the user asked for it. */
                if (take(setup, EMBEDDED, /* any= */ true) == TAKEN)
                        return;
                setup->data.opregion_size = 0;
        }
        if (!take_first(setup, is_unprotected(setup) ? preset_last : preset_first))
                report_step(STEP_OPREGION, OUTCOME_NONE, setup->is_secondary ? EFI_SUCCESS : EFI_NOT_FOUND, 0, setup->is_secondary);
}

void undo_opregion(Setup *setup) {
        if (setup->asls_written)
                config_write32(setup, CONFIG_ASLS, setup->old_asls);
        setup->asls_written = false;
        setup->opregion_base = setup->vbt_base = 0;
        pages_done(&setup->opregion_vbt);
        pages_done(&setup->opregion);
}
