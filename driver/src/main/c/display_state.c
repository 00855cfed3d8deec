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
#define PAGES_AT_ONCE 512U

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
        static uint64_t entries[PAGES_AT_ONCE]; /* 64 bits each, or twice as many of 32 */
        EFI_PCI_IO_PROTOCOL *pci = setup->pci;
        bool wide = setup->generation->pte_bits == 64;
        uint64_t table = (uint64_t) setup->generation->bar0_mib * MIB / 2, page = 0, pages = setup->stolen_size / PAGE_SIZE;
        EFI_STATUS err = EFI_SUCCESS;

        if (pages > PAGES_MAX)
                pages = PAGES_MAX;
        while (page < pages && err == EFI_SUCCESS) {
                size_t count = 0;

                for (; count < PAGES_AT_ONCE && page + count < pages; count++) {
                        uint64_t entry = (setup->stolen_base + (page + count) * PAGE_SIZE) | PTE_VALID;
                        if (wide)
                                entries[count] = entry;
                        else
                                write_u32((uint8_t *) entries + 4 * count, (uint32_t) entry);
                }
                err = pci->MemWrite(pci, wide ? EfiPciIoWidthUint64 : EfiPciIoWidthUint32, /* bar= */ 0,
                                    table + page * setup->generation->pte_bits / 8, count, entries);
                page += count;
        }
        *ret_count = page;
        return err;
}

void setup_display_state(Setup *setup) {
        uint64_t attributes, pages = 0, buffers = 0;
        EFI_STATUS err;

        if (!(setup->data.flags & ROM_CLEAR_DISPLAY_STATE))
                return;
        if (needs_stolen(setup) && !setup->stolen_claimed) {
                report_step(STEP_DISPLAY_STATE, OUTCOME_WITHHELD, EFI_SUCCESS, 0, 0);
                return;
        }
        err = registers_open(setup, &attributes);
        if (err == EFI_SUCCESS) {
                err = request_buffers(setup, &buffers);
                if (err == EFI_SUCCESS && setup->stolen_claimed)
                        err = point_entries(setup, &pages);
                err = registers_close(setup, attributes, err);
        }
        report_step(STEP_DISPLAY_STATE, err == EFI_SUCCESS ? OUTCOME_DONE : OUTCOME_FAILED, err, pages, buffers);
}
