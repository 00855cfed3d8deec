#include "opregion.h"
#include "setup.h"
#include "vbt.h"

/* Whether the registers may belong to this guest: a hypervisor that emulates ASLS presets it or offers a file. */
static bool asls_is_ours(const Setup *setup) {
        if ((setup->data->flags & ROM_ASLS_ALWAYS) || setup->emulation == EMULATED)
                return true;
        /* Source: QEMU, hw/vfio/igd.c and pci-quirks.c: the file is there exactly where ASLS is emulated, also without BDSM. */
        if (fwcfg_find("etc/igd-opregion").selector != 0)
                return true;
        return setup->preset.valid && setup->emulation != NOT_EMULATED;
}

/* Whether a firmware or a hypervisor could have given these bytes to this guest. */
static bool is_memory(uint64_t base, uint64_t size) {
        return memory_map_covers(memory_map(), base, size, MEMORY_READABLE);
}

/* Whether ASLS leads to a valid OpRegion in memory. */
static bool read_preset(uint64_t base, Preset *ret_preset) {
        OpRegionShape shape;
        OpRegionPlan plan;

        if (!opregion_shape(at_address(base), &shape) || !opregion_extent(&shape, &ret_preset->extent) ||
            !is_memory(base, ret_preset->extent))
                return false;
        if (shape.rvda == RVDA_ABSOLUTE) {
                if (!is_memory(shape.vbt_address, shape.vbt_size))
                        return false;
                ret_preset->outside_base = shape.vbt_address;
                ret_preset->outside_size = shape.vbt_size;
                if (vbt_size(at_address(shape.vbt_address), shape.vbt_size, &ret_preset->vbt_size)) {
                        ret_preset->vbt_base = shape.vbt_address;
                        return true;
                }
        }
        if (opregion_plan(at_address(base), ret_preset->extent, &plan) && plan.vbt_size > 0) {
                ret_preset->vbt_base = base + plan.vbt_offset;
                ret_preset->vbt_size = plan.vbt_size;
        }
        return true;
}

void claim_preset(Setup *setup) {
        Preset preset = {};
        uint64_t base = setup->old_asls = config_read32(setup, CONFIG_ASLS);
        bool is_guests = base % PAGE_SIZE == 0 && is_memory(base, OPREGION_SIZE);

        if (base == 0 || base == UINT32_MAX)
                return;
        /* A reset does not clear RAM, so ASLS may point to an old copy or to anything else. */
        preset.valid = is_guests && read_preset(base, &preset) &&
                pages_claim(EfiACPIMemoryNVS, base, preset.extent, &setup->opregion) &&
                (preset.outside_size == 0 ||
                 pages_claim(EfiACPIMemoryNVS, preset.outside_base, preset.outside_size, &setup->opregion_vbt));
        if (preset.valid) {
                setup->preset = preset;
                return;
        }
        pages_done(&setup->opregion);
        report_step(STEP_OPREGION, is_guests ? OUTCOME_STALE : OUTCOME_HOSTS, EFI_SUCCESS, base, 0);
}

/* Whether nobody reserved the preset OpRegion: others may have written to it since it was made. */
static bool is_unprotected(const Setup *setup) {
        return setup->opregion.count > 0 || setup->opregion_vbt.count > 0;
}

/* An OpRegion that could be used. */
typedef struct Candidate {
        Outcome source;
        const uint8_t *bytes;
        OpRegionPlan plan; /* with an extent only for a preset one, which stays as it is */
        bool has_vbt;
} Candidate;

enum { PRESET, FW_CFG, EMBEDDED, SOURCES };

/* Whether a source has a valid OpRegion. */
static bool examine(const Setup *setup, unsigned source, Candidate *ret_candidate) {
        static uint8_t file[OPREGION_MAX];
        Candidate candidate = { .source = OUTCOME_FROM_ROM, .bytes = rom_part(setup->data, ROM_OPREGION) };
        size_t size = setup->data->parts[ROM_OPREGION].size;

        if (source == PRESET) {
                *ret_candidate = (Candidate){
                        .source = OUTCOME_KEPT,
                        .plan.extent = setup->preset.extent,
                        .has_vbt = setup->preset.vbt_base != 0,
                };
                return setup->preset.valid;
        }
        if (source == FW_CFG) {
                candidate = (Candidate){ .source = OUTCOME_FROM_FW_CFG, .bytes = file };
                size = fwcfg_read("etc/igd-opregion", file, sizeof file);
        }
        if (size == 0)
                return false;
        if (!opregion_plan(candidate.bytes, size, &candidate.plan)) {
                report_step(STEP_OPREGION, OUTCOME_INVALID, EFI_UNSUPPORTED, (uint64_t) candidate.source, size);
                return false;
        }
        candidate.has_vbt = candidate.plan.vbt_size > 0;
        *ret_candidate = candidate;
        return true;
}

/* Asks the sources in this order; igdrom.driver.OpRegionSources is the same in Java. */
static bool choose(const Setup *setup, const uint8_t order[SOURCES], Candidate *ret_candidate) {
        bool is_chosen = false;

        for (unsigned i = 0; i < SOURCES; i++) {
                Candidate candidate;

                if (!examine(setup, order[i], &candidate))
                        continue;
                /* An embedded one that wins needs no VBT: the user asked for it. */
                if (candidate.has_vbt || ((setup->data->flags & ROM_EMBEDDED_WINS) && order[i] == EMBEDDED)) {
                        *ret_candidate = candidate;
                        return true;
                }
                /* A GOP needs a VBT, so sources without one come last. */
                report_step(STEP_OPREGION, OUTCOME_WITHOUT_VBT, EFI_SUCCESS, (uint64_t) candidate.source, candidate.plan.extent);
                if (!is_chosen)
                        *ret_candidate = candidate;
                is_chosen = true;
        }
        return is_chosen;
}

/* Keeps the OpRegion that ASLS already points to. */
static void keep_preset(Setup *setup) {
        report_step(STEP_OPREGION, is_unprotected(setup) ? OUTCOME_ALLOCATED_THERE : OUTCOME_KEPT, EFI_SUCCESS, setup->old_asls,
                    setup->preset.extent);
        setup->opregion_base = setup->old_asls;
        setup->vbt_base = setup->preset.vbt_base;
        setup->vbt_size = setup->preset.vbt_size;
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
 * for the GOP only. Memory that the preset OpRegion had to itself is used again. */
static void publish(Setup *setup, const Candidate *candidate) {
        const OpRegionPlan *plan = &candidate->plan;
        Pages copy = setup->opregion;

        if (copy.count < pages_of(plan->extent)) {
                EFI_STATUS err = pages_allocate(setup->asls_is_ours ? EfiACPIMemoryNVS : EfiBootServicesData, plan->extent, &copy);

                if (err != EFI_SUCCESS) {
                        report_step(STEP_OPREGION, OUTCOME_FAILED, err, 0, plan->extent);
                        return;
                }
                pages_done(&setup->opregion);
        }
        pages_done(&setup->opregion_vbt);
        memset(at_address(copy.base), 0, copy.count * PAGE_SIZE);
        memcpy(at_address(copy.base), candidate->bytes, plan->extent);
        opregion_settle(at_address(copy.base), plan);
        if (plan->rewritten || plan->cleared)
                report_step(STEP_OPREGION, OUTCOME_REPAIRED, EFI_SUCCESS, plan->rvda, plan->rvds);

        if (!setup->asls_is_ours && copy.base != setup->old_asls)
                report_step(STEP_OPREGION, OUTCOME_NOT_EMULATED, EFI_SUCCESS, setup->old_asls, plan->extent);
        else if (write_asls(setup, (uint32_t) copy.base))
                report_step(STEP_OPREGION, candidate->source, EFI_SUCCESS, copy.base, plan->extent);
        setup->opregion = copy;
        setup->opregion_base = copy.base;
        if (candidate->has_vbt)
                setup->vbt_base = copy.base + plan->vbt_offset;
        setup->vbt_size = plan->vbt_size;
}

void setup_opregion(Setup *setup) {
        /* First by what the ROM says, then by whether the preset one comes last. */
        static const uint8_t orders[2][2][SOURCES] = {
                { { PRESET, FW_CFG, EMBEDDED }, { FW_CFG, EMBEDDED, PRESET } },
                { { EMBEDDED, PRESET, FW_CFG }, { EMBEDDED, FW_CFG, PRESET } },
        };
        Candidate candidate;

        setup->asls_is_ours = asls_is_ours(setup);
        /* Without ASLS an OpRegion is for the GOP only, and without stolen memory a GOP gets none. */
        if (!setup->asls_is_ours && !setup->preset.valid && needs_stolen(setup) && !setup->stolen_claimed) {
                report_step(STEP_OPREGION, OUTCOME_NOT_EMULATED, EFI_SUCCESS, setup->old_asls, 0);
                return;
        }
        if (!choose(setup, orders[setup->data->flags & ROM_EMBEDDED_WINS][is_unprotected(setup)], &candidate)) {
                report_step(STEP_OPREGION, OUTCOME_NONE, setup->is_secondary ? EFI_SUCCESS : EFI_NOT_FOUND, 0, setup->is_secondary);
                return;
        }
        setup->opregion_size = candidate.plan.extent;
        if (candidate.source == OUTCOME_KEPT)
                keep_preset(setup);
        else
                publish(setup, &candidate);
}

void undo_opregion(Setup *setup) {
        if (setup->asls_written)
                config_write32(setup, CONFIG_ASLS, setup->old_asls);
        setup->asls_written = false;
        setup->opregion_base = setup->vbt_base = 0;
        pages_done(&setup->opregion_vbt);
        pages_done(&setup->opregion);
}
