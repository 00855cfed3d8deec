#include "check.h"
#include "crc32.h"
#include "memory_map.h"
#include "opregion.h"
#include "rom_data.h"

size_t make_vbt(uint8_t *vbt, size_t size) {
        memset(vbt, 0xa5, size);
        memset(vbt, 0, 0x30);
        memcpy(vbt, "$VBT MADE UP        ", 20);
        write_u16(vbt + 0x16, 0x30);
        write_u16(vbt + 0x18, (uint16_t) size);
        write_u32(vbt + 0x1c, 0x30);
        memcpy(vbt + 0x30, "BIOS_DATA_BLOCK ", 16);
        write_u16(vbt + 0x42, 0x16);
        write_u16(vbt + 0x44, (uint16_t) (size - 0x30));
        return size;
}

/* version is 0x201 for 2.1. A VBT of vbt bytes is at 0x2000 when rvda is not 0, else in mailbox 4; 0 for none. */
size_t make_opregion(uint8_t *region, unsigned version, uint64_t rvda, size_t vbt) {
        memset(region, 0, OPREGION_SIZE);
        memcpy(region, "IntelGraphicsMem", 16);
        write_u32(region + 0x10, 8);
        region[0x16] = (uint8_t) version;
        region[0x17] = (uint8_t) (version >> 8);
        write_u32(region + 0x58, 0x1f);
        if (rvda == 0) {
                if (vbt > 0)
                        make_vbt(region + 0x400, vbt);
                return OPREGION_SIZE;
        }
        write_u64(region + 0x3ba, rvda);
        write_u32(region + 0x3c2, (uint32_t) vbt);
        return OPREGION_SIZE + make_vbt(region + OPREGION_SIZE, vbt);
}

static void set_rom_data_crc(uint8_t *data) {
        write_u32(data + 0x10, 0);
        write_u32(data + 0x10, crc32(0, data, read_u32(data + 0x0c)));
}

size_t make_rom_data(uint8_t *data, size_t opregion) {
        static const size_t parts[] = { 0x30, 0x38, 0x40, 0x48 };
        size_t size = ROM_DATA_HEADER_SIZE;

        memset(data, 0, ROM_DATA_HEADER_SIZE);
        memcpy(data, "IGDRDATA", 8);
        write_u16(data + 0x08, 2);
        write_u16(data + 0x0a, 0x60);
        data[0x14] = LID_OPEN;
        data[0x15] = DOCK_UNDOCKED;
        data[0x16] = 3;
        data[0x17] = ROM_EMBEDDED_WINS | ROM_ASLS_ALWAYS;
        write_u16(data + 0x18, 0x9a49);
        data[0x1a] = 3;
        data[0x1b] = 4;
        write_u16(data + 0x1c, 0x9a49);
        write_u16(data + 0x1e, 0x0284);
        write_u64(data + 0x20, 0x7c800000);
        write_u64(data + 0x28, 64 * MIB);
        /* The OpRegion, and three parts of 8, 16 and 24 bytes. */
        for (size_t i = 0; i < ELEMENTS(parts); i++) {
                size_t length = i == 0 ? opregion : 8 * i;
                write_u32(data + parts[i], length == 0 ? 0 : (uint32_t) size);
                write_u32(data + parts[i] + 4, (uint32_t) length);
                for (size_t end = size + length; size < end; size++)
                        data[size] = (uint8_t) size;
        }
        write_u32(data + 0x0c, (uint32_t) size);
        set_rom_data_crc(data);
        return size;
}

size_t make_descriptor(uint8_t *bytes, uint32_t type, uint64_t base, uint64_t end) {
        memset(bytes, 0, 48);
        write_u32(bytes, type);
        write_u64(bytes + 8, base);
        write_u64(bytes + 24, (end - base) / PAGE_SIZE);
        return 48;
}

size_t make_e820(uint8_t *bytes, uint64_t base, uint64_t size, uint32_t type) {
        write_u64(bytes, base);
        write_u64(bytes + 8, size);
        write_u32(bytes + 16, type);
        return 20;
}
