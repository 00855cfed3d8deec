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

FwCfg fwcfg;

static uint8_t directory[FWCFG_MAX_FILES * FWCFG_ENTRY_SIZE];

/* All entries at once, since each access by port is an exit to the hypervisor. The count that precedes them has been read. */
static void read_directory(void) {
        size_t size = (size_t) fwcfg.files * FWCFG_ENTRY_SIZE;

        /* Without selecting again, so that the transfer goes on after the count. */
        if (fwcfg.dma && transfer(DMA_READ, directory, (uint32_t) size))
                return;
        port_out16(SELECTOR, KEY_DIRECTORY);
        read_selected((uint8_t[4]){}, 4);
        read_selected(directory, size);
}

void fwcfg_probe(void) {
        uint8_t bytes[4];

        fwcfg = (FwCfg){};
        /* All four bytes are read even when the first differs: bhyve's fwctl on these ports expects reads of four. */
        port_out16(SELECTOR, KEY_SIGNATURE);
        read_selected(bytes, sizeof bytes);
        if (memcmp(bytes, "QEMU", 4) != 0)
                return;

        port_out16(SELECTOR, KEY_ID);
        read_selected(bytes, sizeof bytes);
        fwcfg.present = true;
        fwcfg.id = read_u32(bytes);
        fwcfg.dma = (fwcfg.id & 2) != 0;

        port_out16(SELECTOR, KEY_DIRECTORY);
        read_selected(bytes, sizeof bytes);
        if (fwcfg_count(bytes, &fwcfg.files))
                read_directory();
}

FwCfgFile fwcfg_find(const char *name) {
        FwCfgFile file = {};

        for (uint32_t i = 0; i < fwcfg.files; i++)
                if (fwcfg_entry_is(directory + (size_t) i * FWCFG_ENTRY_SIZE, name, &file))
                        break;
        return file;
}

size_t fwcfg_read(const char *name, void *ret_bytes, size_t max) {
        FwCfgFile file = fwcfg_find(name);
        uint32_t size = file.size < max ? file.size : (uint32_t) max;

        if (size == 0 || (fwcfg.dma && transfer((uint32_t) file.selector << 16 | DMA_SELECT | DMA_READ, ret_bytes, size)))
                return file.size;
        port_out16(SELECTOR, file.selector);
        read_selected(ret_bytes, size);
        return file.size;
}

bool fwcfg_number(const char *name, uint64_t *ret_number) {
        uint8_t bytes[8] = {};
        size_t size = fwcfg_read(name, bytes, sizeof bytes);

        if (size == 0 || size > sizeof bytes)
                return false;
        *ret_number = read_u64(bytes);
        return true;
}
