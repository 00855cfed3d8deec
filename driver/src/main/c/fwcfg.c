#include "fwcfg.h"

#include "ports.h"

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

static bool read_dma(uint16_t selector, void *ret_bytes, uint32_t size) {
        struct {
                uint32_t control, length;
                uint64_t address;
        } volatile access = {
                .control = to_be32((uint32_t) selector << 16 | DMA_SELECT | DMA_READ),
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
        if (!fwcfg_count(bytes, &device.files))
                device.files = 0;
        return device;
}

FwCfgFile fwcfg_find(const FwCfg *device, const char *name) {
        uint8_t bytes[FWCFG_ENTRY_SIZE];
        FwCfgFile file = {};

        if (!device->present)
                return file;
        port_out16(SELECTOR, KEY_DIRECTORY);
        read_selected(bytes, 4);
        for (uint32_t i = 0; i < device->files; i++) {
                read_selected(bytes, sizeof bytes);
                if (fwcfg_entry_is(bytes, name, &file))
                        break;
        }
        return file;
}

void fwcfg_read(const FwCfg *device, FwCfgFile file, void *ret_bytes, size_t size) {
        if (device->dma && size <= UINT32_MAX && read_dma(file.selector, ret_bytes, (uint32_t) size))
                return;
        port_out16(SELECTOR, file.selector);
        read_selected(ret_bytes, size);
}

uint64_t fwcfg_number(const FwCfg *device, const char *name) {
        FwCfgFile file = fwcfg_find(device, name);
        uint8_t bytes[8] = {};

        if (file.selector == 0 || file.size == 0 || file.size > sizeof bytes)
                return 0;
        fwcfg_read(device, file, bytes, file.size);
        return read_u64(bytes);
}
