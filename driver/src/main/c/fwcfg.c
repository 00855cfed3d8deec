#include "fwcfg.h"

#include "ports.h"
#include "proto/efi.h"

/* Spec: QEMU, docs/specs/fw_cfg.rst. */
#define SELECTOR 0x510
#define DATA 0x511
#define DMA_HIGH 0x514
#define DMA_LOW 0x518

#define KEY_SIGNATURE 0x00
#define KEY_ID 0x01
#define KEY_DIRECTORY 0x19

#define DMA_ERROR 1U
#define DMA_READ 2U
#define DMA_SELECT 8U

static uint32_t to_be32(uint32_t value) {
        return __builtin_bswap32(value);
}

/* bhyve accepts only selectors of two bytes and reads of one. */
static void read_selected(uint8_t *ret_bytes, size_t size) {
        for (size_t i = 0; i < size; i++)
                ret_bytes[i] = port_in8(DATA);
}

static bool transfer(uint32_t control, void *ret_bytes, uint32_t size) {
        struct {
                uint32_t control, length;
                uint64_t address;
        } volatile access = {
                .control = to_be32(control),
                .length = to_be32(size),
                .address = __builtin_bswap64((uintptr_t) ret_bytes),
        };
        uint64_t at = (uintptr_t) &access;

        port_out32(DMA_HIGH, to_be32((uint32_t) (at >> 32)));
        port_out32(DMA_LOW, to_be32((uint32_t) at));
        /* QEMU completes the transfer during the write. */
        for (unsigned tries = 1000000; tries > 0; tries--)
                if ((to_be32(access.control) & ~DMA_ERROR) == 0)
                        break;
        return access.control == 0;
}

/* All entries at once, since each access by port is an exit to the hypervisor. The count that precedes them has been read. */
static void read_directory(FwCfg *device) {
        size_t size = (size_t) device->files * FWCFG_ENTRY_SIZE;
        void *directory;

        if (size == 0 || BS->AllocatePool(EfiBootServicesData, size, &directory) != EFI_SUCCESS) {
                device->files = 0;
                return;
        }
        /* Without selecting again, so that the transfer goes on after the count. */
        if (!device->dma || !transfer(DMA_READ, directory, (uint32_t) size)) {
                port_out16(SELECTOR, KEY_DIRECTORY);
                read_selected((uint8_t[4]){}, 4);
                read_selected(directory, size);
        }
        device->directory = directory;
}

FwCfg fwcfg_probe(void) {
        FwCfg device = {};
        uint8_t bytes[4];

        /* All four bytes are read even when the first differs: bhyve's fwctl on these ports expects reads of four. */
        port_out16(SELECTOR, KEY_SIGNATURE);
        read_selected(bytes, sizeof bytes);
        if (memcmp(bytes, "QEMU", 4) != 0)
                return device;

        port_out16(SELECTOR, KEY_ID);
        read_selected(bytes, sizeof bytes);
        device.present = true;
        device.id = read_u32(bytes);
        device.dma = (device.id & 2) != 0;

        port_out16(SELECTOR, KEY_DIRECTORY);
        read_selected(bytes, sizeof bytes);
        if (fwcfg_count(bytes, &device.files))
                read_directory(&device);
        else
                device.files = 0;
        return device;
}

void fwcfg_done(FwCfg *device) {
        if (device->directory != NULL)
                (void) BS->FreePool(device->directory);
        device->directory = NULL;
        device->files = 0;
}

FwCfgFile fwcfg_find(const FwCfg *device, const char *name) {
        FwCfgFile file = {};

        for (uint32_t i = 0; i < device->files; i++)
                if (fwcfg_entry_is(device->directory + (size_t) i * FWCFG_ENTRY_SIZE, name, &file))
                        break;
        return file;
}

void fwcfg_read(const FwCfg *device, FwCfgFile file, void *ret_bytes, size_t size) {
        if (device->dma && size <= UINT32_MAX &&
            transfer((uint32_t) file.selector << 16 | DMA_SELECT | DMA_READ, ret_bytes, (uint32_t) size))
                return;
        port_out16(SELECTOR, file.selector);
        read_selected(ret_bytes, size);
}

bool fwcfg_number(const FwCfg *device, const char *name, uint64_t *ret_number) {
        FwCfgFile file = fwcfg_find(device, name);
        uint8_t bytes[8] = {};

        if (file.selector == 0 || file.size == 0 || file.size > sizeof bytes)
                return false;
        fwcfg_read(device, file, bytes, file.size);
        *ret_number = read_u64(bytes);
        return true;
}
