#include "opregion.h"
#include "setup.h"

/* Whether the OpRegion that ASLS already points at can stay: true only when nobody else will use its memory. */
static bool keep_preset(Setup *setup) {
        _cleanup_(memory_map_done) MemoryMap map = memory_map_read();
        uint64_t base = setup->old_asls;
        OpRegionShape shape;
        size_t extent;

        if (base == 0 || base == UINT32_MAX)
                return false;
        /* RAM is not cleared by a reset: what is there may be a copy from before, or anything. */
        if (base % PAGE_SIZE != 0 || !memory_map_covers(&map, base, OPREGION_SIZE, MEMORY_READABLE) ||
            !opregion_shape(at_address(base), &shape) || !opregion_extent(&shape, &extent) ||
            !memory_map_covers(&map, base, extent, MEMORY_READABLE))
                goto stale;
        if (shape.rvda == RVDA_ABSOLUTE && !memory_map_covers(&map, shape.vbt_address, shape.vbt_size, MEMORY_SET_ASIDE))
                goto stale;

        if (!pages_claim(EfiACPIMemoryNVS, base, extent, &setup->opregion))
                goto stale;

        setup->opregion_base = base;
        setup->opregion_size = extent;
        tell(STEP_OPREGION, setup->opregion.count > 0 ? OUTCOME_ALLOCATED_THERE : OUTCOME_KEPT, EFI_SUCCESS, base, extent);
        return true;
stale:
        tell(STEP_OPREGION, OUTCOME_STALE, EFI_SUCCESS, base, 0);
        return false;
}

/* Copies the bytes of a file to memory that the operating system will leave alone, and tells the device. */
static EFI_STATUS publish(Setup *setup, const uint8_t *bytes, size_t size, Outcome source) {
        _cleanup_(pages_done) Pages copy = {};
        OpRegionPlan plan;
        EFI_STATUS err;

        if (!opregion_plan(bytes, size, &plan)) {
                tell(STEP_OPREGION, OUTCOME_INVALID, EFI_UNSUPPORTED, (uint64_t) source, size);
                return EFI_UNSUPPORTED;
        }

        err = pages_allocate(EfiACPIMemoryNVS, plan.extent, &copy);
        if (err != EFI_SUCCESS) {
                tell(STEP_OPREGION, OUTCOME_FAILED, err, 0, plan.extent);
                return err;
        }
        memset(at_address(copy.base), 0, copy.count * PAGE_SIZE);
        memcpy(at_address(copy.base), bytes, plan.extent);
        opregion_settle(at_address(copy.base), &plan);
        if (plan.rewritten || plan.cleared)
                tell(STEP_OPREGION, OUTCOME_REPAIRED, EFI_SUCCESS, plan.rvda, plan.rvds);

        config_write32(setup, CONFIG_ASLS, (uint32_t) copy.base);
        uint32_t shown = config_read32(setup, CONFIG_ASLS);
        if (shown != copy.base) {
                config_write32(setup, CONFIG_ASLS, setup->old_asls);
                tell(STEP_OPREGION, OUTCOME_DIFFERS, EFI_DEVICE_ERROR, shown, copy.base);
                return EFI_DEVICE_ERROR;
        }

        setup->asls_written = true;
        setup->opregion_base = copy.base;
        setup->opregion_size = plan.extent;
        setup->opregion = TAKE_STRUCT(copy);
        tell(STEP_OPREGION, source, EFI_SUCCESS, setup->opregion_base, setup->opregion_size);
        return EFI_SUCCESS;
}

static EFI_STATUS publish_embedded(Setup *setup) {
        if (setup->data.opregion_size == 0)
                return EFI_NOT_FOUND;
        return publish(setup, setup->data.opregion, setup->data.opregion_size, OUTCOME_FROM_ROM);
}

static EFI_STATUS publish_fwcfg(Setup *setup) {
        FwCfgFile file = fwcfg_find(&setup->fwcfg, "etc/igd-opregion");
        void *bytes;
        EFI_STATUS err;

        if (file.selector == 0)
                return EFI_NOT_FOUND;
        if (file.size < OPREGION_SIZE || file.size > OPREGION_MAX) {
                tell(STEP_OPREGION, OUTCOME_INVALID, EFI_UNSUPPORTED, OUTCOME_FROM_FW_CFG, file.size);
                return EFI_UNSUPPORTED;
        }

        err = BS->AllocatePool(EfiBootServicesData, file.size, &bytes);
        if (err != EFI_SUCCESS)
                return err;
        fwcfg_read(&setup->fwcfg, file, bytes, file.size);
        err = publish(setup, bytes, file.size, OUTCOME_FROM_FW_CFG);
        BS->FreePool(bytes);
        return err;
}

void setup_opregion(Setup *setup) {
        bool embedded_wins = (setup->data.flags & ROM_EMBEDDED_WINS) != 0;

        setup->old_asls = config_read32(setup, CONFIG_ASLS);
        if (embedded_wins && publish_embedded(setup) == EFI_SUCCESS)
                return;
        if (keep_preset(setup) || publish_fwcfg(setup) == EFI_SUCCESS)
                return;
        if (!embedded_wins && publish_embedded(setup) == EFI_SUCCESS)
                return;
        tell(STEP_OPREGION, OUTCOME_NONE, EFI_NOT_FOUND, 0, 0);
}

void undo_opregion(Setup *setup) {
        if (setup->asls_written)
                config_write32(setup, CONFIG_ASLS, setup->old_asls);
        setup->asls_written = false;
        setup->opregion_base = 0;
        pages_done(&setup->opregion);
}
