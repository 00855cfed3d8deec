#include "rom_data.h"

#include "crc32.h"

/* What the ROM was built for is for people: the driver only checks that it is valid. */
#define ORIGIN_LAST 4U

typedef struct __attribute__((packed)) RomDataHeader {
        char signature[8];
        uint16_t version;
        uint16_t header_size;
        uint32_t size;
        uint32_t crc; /* over size bytes, this field taken as 0 */
        uint8_t lid;
        uint8_t dock;
        uint8_t log;
        uint8_t flags;
        uint16_t treat_as;
        uint8_t targets;
        uint8_t origin;
        uint16_t built_for_device, built_for_lpc;
        uint64_t stolen_base;
        uint64_t stolen_size;
        uint32_t opregion_offset;
        uint32_t opregion_size;
        uint32_t gop_edit_offset;
        uint32_t gop_edit_size;
        uint32_t policy_vbt_offset;
        uint32_t policy_vbt_size;
        uint32_t original_vbt_offset;
        uint32_t original_vbt_size;
        uint8_t _pad0[16];
} RomDataHeader;

assert_cc(offsetof(RomDataHeader, crc) == 0x10);
assert_cc(offsetof(RomDataHeader, lid) == 0x14);
assert_cc(offsetof(RomDataHeader, treat_as) == 0x18);
assert_cc(offsetof(RomDataHeader, origin) == 0x1b);
assert_cc(offsetof(RomDataHeader, stolen_base) == 0x20);
assert_cc(offsetof(RomDataHeader, opregion_offset) == 0x30);
assert_cc(offsetof(RomDataHeader, policy_vbt_offset) == 0x40);
assert_cc(sizeof(RomDataHeader) == ROM_DATA_HEADER_SIZE);

RomData rom_data_default(void) {
        return (RomData){ .log = ROM_LOG_PORT | ROM_LOG_VARIABLE };
}

static uint32_t crc_of(const uint8_t *bytes, size_t size) {
        static const uint8_t zero[4];
        size_t at = offsetof(RomDataHeader, crc);
        uint32_t crc = crc32(0, bytes, at);

        crc = crc32(crc, zero, sizeof zero);
        at += sizeof zero;
        return crc32(crc, bytes + at, size - at);
}

static bool part_ok(uint32_t offset, uint32_t size, uint32_t total) {
        return size == 0 || (offset >= ROM_DATA_HEADER_SIZE && range_ok(offset, size, total));
}

bool rom_data_read(const uint8_t *bytes, size_t size, RomData *ret_data) {
        RomDataHeader header;

        if (size < sizeof header)
                return false;
        memcpy(&header, bytes, sizeof header);
        if (memcmp(header.signature, "IGDRDATA", sizeof header.signature) != 0 || header.version != ROM_DATA_VERSION ||
            header.header_size != ROM_DATA_HEADER_SIZE)
                return false;
        if (header.size < sizeof header || header.size > size || header.size > ROM_DATA_MAX)
                return false;
        if (crc_of(bytes, header.size) != header.crc)
                return false;

        if (header.lid > LID_CLOSED || header.dock > DOCK_DOCKED)
                return false;
        if (header.origin > ORIGIN_LAST)
                return false;
        if (!part_ok(header.opregion_offset, header.opregion_size, header.size) ||
            !part_ok(header.gop_edit_offset, header.gop_edit_size, header.size) ||
            !part_ok(header.policy_vbt_offset, header.policy_vbt_size, header.size) ||
            !part_ok(header.original_vbt_offset, header.original_vbt_size, header.size))
                return false;
        if (header.stolen_base % MIB != 0 || header.stolen_size % MIB != 0 || header.stolen_size > GIB4 ||
            !range_ok(header.stolen_base, header.stolen_size, GIB4))
                return false;

        *ret_data = (RomData){
                .lid = header.lid,
                .dock = header.dock,
                .log = header.log,
                .flags = header.flags,
                .treat_as = header.treat_as,
                .stolen_base = header.stolen_base,
                .stolen_size = header.stolen_size,
                .opregion = header.opregion_size == 0 ? NULL : bytes + header.opregion_offset,
                .opregion_size = header.opregion_size,
                .policy_vbt = header.policy_vbt_size == 0 ? NULL : bytes + header.policy_vbt_offset,
                .policy_vbt_size = header.policy_vbt_size,
        };
        return true;
}
