#include "setup.h"

static EFI_STATUS allocate(EFI_ALLOCATE_TYPE how, EFI_MEMORY_TYPE type, uint64_t at, uint64_t size, Pages *ret_pages) {
        Pages pages = { .base = at, .count = (size_t) pages_of(size) };
        EFI_STATUS err = BS->AllocatePages(how, type, pages.count, &pages.base);

        if (err == EFI_SUCCESS)
                *ret_pages = pages;
        return err;
}

EFI_STATUS pages_allocate(EFI_MEMORY_TYPE type, uint64_t size, Pages *ret_pages) {
        return allocate(AllocateMaxAddress, type, UINT32_MAX, size, ret_pages);
}

EFI_STATUS pages_allocate_at(EFI_MEMORY_TYPE type, uint64_t base, uint64_t size, Pages *ret_pages) {
        return allocate(AllocateAddress, type, base, size, ret_pages);
}

static bool is_free(EFI_MEMORY_TYPE type, uint64_t page) {
        _cleanup_(pages_done) Pages pages = {};

        return pages_allocate_at(type, page, PAGE_SIZE, &pages) == EFI_SUCCESS;
}

bool pages_claim(EFI_MEMORY_TYPE type, uint64_t base, uint64_t size, Pages *ret_pages) {
        uint64_t first = base / PAGE_SIZE * PAGE_SIZE, end;

        if (size == 0 || !range_end(base, size, &end))
                return false;
        /* Allocate before asking the map: OVMF reports the whole bin that it keeps for this type as NVS or reserved, and hands its free
         * pages to whoever allocates next. */
        if (pages_allocate_at(type, first, end - first, ret_pages) == EFI_SUCCESS)
                return true;

        return memory_map_covers(memory_map(), base, size, MEMORY_SET_ASIDE) && !is_free(type, first) &&
               !is_free(type, (end - 1) / PAGE_SIZE * PAGE_SIZE);
}

void pages_done(Pages *pages) {
        if (pages->count > 0)
                BS->FreePages(pages->base, pages->count);
        *pages = (Pages){};
}

const MemoryMap *memory_map(void) {
        static uint8_t bytes[MEMORY_MAP_MAX];
        static MemoryMap map;
        size_t key;
        uint32_t version;

        map = (MemoryMap){ .bytes = bytes, .size = sizeof bytes, .format = &uefi_descriptor };
        /* An empty map covers nothing and has no free memory. */
        if (BS->GetMemoryMap(&map.size, bytes, &key, &map.stride, &version) != EFI_SUCCESS)
                map.size = 0;
        return &map;
}

uint32_t config_read32(Setup *setup, uint32_t offset) {
        uint32_t value = 0;

        if (setup->pci->PciRead(setup->pci, EfiPciIoWidthUint32, offset, /* count= */ 1, &value) != EFI_SUCCESS)
                return UINT32_MAX;
        return value;
}

void config_write32(Setup *setup, uint32_t offset, uint32_t value) {
        (void) setup->pci->PciWrite(setup->pci, EfiPciIoWidthUint32, offset, /* count= */ 1, &value);
}
