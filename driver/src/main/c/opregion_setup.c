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

static void find_vbt(Setup *setup, uint64_t base, size_t extent) {
        size_t offset;

        if (opregion_locate_vbt(at_address(base), extent, &offset, &setup->vbt_size))
                setup->vbt_base = base + offset;
}

/* Whether ASLS points to an OpRegion. Sets vbt_base and vbt_size of setup when that has a VBT. */
static bool check_preset(Setup *setup, OpRegionShape *ret_shape, size_t *ret_extent) {
        _cleanup_(memory_map_done) MemoryMap map = memory_map_read();
        uint64_t base = setup->old_asls;

        if (base % PAGE_SIZE != 0 || !memory_map_covers(&map, base, OPREGION_SIZE, MEMORY_READABLE) ||
            !opregion_shape(at_address(base), ret_shape) || !opregion_extent(ret_shape, ret_extent) ||
            !memory_map_covers(&map, base, *ret_extent, MEMORY_READABLE))
                return false;
        if (ret_shape->rvda == RVDA_ABSOLUTE) {
                if (!memory_map_covers(&map, ret_shape->vbt_address, ret_shape->vbt_size, MEMORY_READABLE))
                        return false;
                if (vbt_size(at_address(ret_shape->vbt_address), ret_shape->vbt_size, &setup->vbt_size)) {
                        setup->vbt_base = ret_shape->vbt_address;
                        return true;
                }
        }
        find_vbt(setup, base, *ret_extent);
        return true;
}

/* Keeps the OpRegion that ASLS already points to, if its memory can be reserved. */
static Taken keep_preset(Setup *setup, bool any) {
        _cleanup_(pages_done) Pages region = {}, vbt = {};
        uint64_t base = setup->old_asls;
        OpRegionShape shape;
        size_t extent;

        if (base == 0 || base == UINT32_MAX)
                return NOT_TAKEN;
        /* A reset does not clear RAM, so ASLS may point to an old copy or to anything else. */
        if (!check_preset(setup, &shape, &extent) || !pages_claim(EfiACPIMemoryNVS, base, extent, &region) ||
            (shape.rvda == RVDA_ABSOLUTE && !pages_claim(EfiACPIMemoryNVS, shape.vbt_address, shape.vbt_size, &vbt))) {
                report_step(STEP_OPREGION, OUTCOME_STALE, EFI_SUCCESS, base, 0);
                return NOT_TAKEN;
        }
        if (!is_acceptable(setup, OUTCOME_KEPT, extent, any))
                return WITHOUT_VBT;

        report_step(STEP_OPREGION, region.count > 0 ? OUTCOME_ALLOCATED_THERE : OUTCOME_KEPT, EFI_SUCCESS, base, extent);
        setup->opregion_base = base;
        setup->opregion_size = extent;
        setup->opregion = TAKE_STRUCT(region);
        setup->opregion_vbt = TAKE_STRUCT(vbt);
        return TAKEN;
}

/* Copies a file to memory that the operating system leaves alone, and writes its address to ASLS. */
static Taken publish(Setup *setup, const uint8_t *bytes, size_t size, Outcome source, bool any) {
        _cleanup_(pages_done) Pages copy = {};
        OpRegionPlan plan;
        EFI_STATUS err;

        if (!opregion_plan(bytes, size, &plan)) {
                report_step(STEP_OPREGION, OUTCOME_INVALID, EFI_UNSUPPORTED, (uint64_t) source, size);
                return NOT_TAKEN;
        }

        err = pages_allocate(EfiACPIMemoryNVS, plan.extent, &copy);
        if (err != EFI_SUCCESS) {
                report_step(STEP_OPREGION, OUTCOME_FAILED, err, 0, plan.extent);
                return NOT_TAKEN;
        }
        memset(at_address(copy.base), 0, copy.count * PAGE_SIZE);
        memcpy(at_address(copy.base), bytes, plan.extent);
        opregion_settle(at_address(copy.base), &plan);
        find_vbt(setup, copy.base, plan.extent);
        if (!is_acceptable(setup, source, plan.extent, any))
                return WITHOUT_VBT;
        if (plan.rewritten || plan.cleared)
                report_step(STEP_OPREGION, OUTCOME_REPAIRED, EFI_SUCCESS, plan.rvda, plan.rvds);

        config_write32(setup, CONFIG_ASLS, (uint32_t) copy.base);
        uint32_t shown = config_read32(setup, CONFIG_ASLS);
        if (shown != copy.base) {
                config_write32(setup, CONFIG_ASLS, setup->old_asls);
                report_step(STEP_OPREGION, OUTCOME_DIFFERS, EFI_DEVICE_ERROR, shown, copy.base);
                return NOT_TAKEN;
        }

        setup->asls_written = true;
        setup->opregion_base = copy.base;
        setup->opregion_size = plan.extent;
        setup->opregion = TAKE_STRUCT(copy);
        report_step(STEP_OPREGION, source, EFI_SUCCESS, setup->opregion_base, setup->opregion_size);
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

/* In the order in which they are tried; igdrom.driver.OpRegionSources is the same in Java. */
enum { PRESET, FW_CFG, EMBEDDED, SOURCES };

static Taken take(Setup *setup, unsigned source, bool any) {
        Taken taken = source == PRESET ? keep_preset(setup, any)
                : source == FW_CFG     ? publish_fwcfg(setup, any)
                                       : publish_embedded(setup, any);

        if (taken != TAKEN)
                setup->vbt_base = 0;
        return taken;
}

void setup_opregion(Setup *setup) {
        bool without_vbt[SOURCES] = {};

        setup->old_asls = config_read32(setup, CONFIG_ASLS);
        if (setup->data.flags & ROM_EMBEDDED_WINS) {
                /* With or without a VBT: the user asked for it. */
                if (take(setup, EMBEDDED, /* any= */ true) == TAKEN)
                        return;
                setup->data.opregion_size = 0;
        }

        /* A GOP needs a VBT, so sources without one come last. */
        for (unsigned source = 0; source < SOURCES; source++) {
                Taken taken = take(setup, source, /* any= */ false);
                if (taken == TAKEN)
                        return;
                without_vbt[source] = taken == WITHOUT_VBT;
        }
        for (unsigned source = 0; source < SOURCES; source++)
                if (without_vbt[source] && take(setup, source, /* any= */ true) == TAKEN)
                        return;
        report_step(STEP_OPREGION, OUTCOME_NONE, EFI_NOT_FOUND, 0, 0);
}

void undo_opregion(Setup *setup) {
        if (setup->asls_written)
                config_write32(setup, CONFIG_ASLS, setup->old_asls);
        setup->asls_written = false;
        setup->opregion_base = setup->vbt_base = 0;
        pages_done(&setup->opregion_vbt);
        pages_done(&setup->opregion);
}
