/* What the host's firmware leaves in the display, cleared when the ROM's data says so. Unproven on hardware. */
#include "setup.h"

/* Spec: Intel Graphics PRM (Skylake), Volume 2c, "DBUF_CTL". */
#define POWER_REQUEST (1U << 31)
#define POWER_STATE (1U << 30)

/* Spec: Intel Graphics PRM (Skylake), Volume 5, "GGTT Page Table Entry". Observed: GOPs from 3.0.1030 to 13.0.1018 write the address and
 * this bit, one entry for each page of stolen memory. */
#define PTE_VALID 1U
/* What the smallest page table maps. */
#define PAGES_MAX (GIB4 / 4 / PAGE_SIZE)

/* Requests the power that the display buffer has already: a driver that trusts the state never would. */
static EFI_STATUS request_buffers(Setup *setup, uint64_t *ret_count) {
        uint32_t offsets[DISPLAY_BUFFERS_MAX];
        size_t count = generation_display_buffers(setup->generation, offsets);
        EFI_PCI_IO_PROTOCOL *pci = setup->pci;
        EFI_STATUS err = EFI_SUCCESS;

        for (size_t i = 0; i < count && err == EFI_SUCCESS; i++) {
                uint32_t value;

                err = pci->MemRead(pci, EfiPciIoWidthUint32, /* bar= */ 0, offsets[i], 1, &value);
                if (err != EFI_SUCCESS || (value & (POWER_STATE | POWER_REQUEST)) != POWER_STATE)
                        continue;
                value |= POWER_REQUEST;
                err = pci->MemWrite(pci, EfiPciIoWidthUint32, /* bar= */ 0, offsets[i], 1, &value);
                (*ret_count)++;
        }
        return err;
}

/* Points the entries that firmware uses at the guest's stolen memory, page by page. */
static EFI_STATUS point_entries(Setup *setup, uint64_t *ret_count) {
        EFI_PCI_IO_PROTOCOL *pci = setup->pci;
        uint8_t bits = setup->generation->pte_bits;
        uint64_t table = (uint64_t) setup->generation->bar0_mib * MIB / 2, page = 0;
        EFI_STATUS err = EFI_SUCCESS;

        for (; page < setup->stolen_size / PAGE_SIZE && page < PAGES_MAX && err == EFI_SUCCESS; page++) {
                uint64_t entry = (setup->stolen_base + page * PAGE_SIZE) | PTE_VALID;

                err = pci->MemWrite(pci, bits == 64 ? EfiPciIoWidthUint64 : EfiPciIoWidthUint32, /* bar= */ 0, table + page * bits / 8,
                                    /* count= */ 1, &entry);
        }
        *ret_count = page;
        return err;
}

void setup_display_state(Setup *setup) {
        uint64_t pages = 0, buffers = 0;
        EFI_STATUS err;

        if (!(setup->data->flags & ROM_CLEAR_DISPLAY_STATE))
                return;
        if (needs_stolen(setup) && !setup->stolen_claimed) {
                report_step(STEP_DISPLAY_STATE, OUTCOME_WITHHELD, EFI_SUCCESS, 0, 0);
                return;
        }
        err = request_buffers(setup, &buffers);
        if (err == EFI_SUCCESS && setup->stolen_claimed)
                err = point_entries(setup, &pages);
        report_step(STEP_DISPLAY_STATE, err == EFI_SUCCESS ? OUTCOME_DONE : OUTCOME_FAILED, err, pages, buffers);
}
