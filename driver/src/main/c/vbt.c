#include "vbt.h"

#define VBT_HEADER_SIZE 0x20
#define VBT_SIZE 0x18
#define VBT_CHECKSUM 0x1a
#define VBT_BDB_OFFSET 0x1c

#define BDB_HEADER_SIZE 0x16
#define BDB_SIZE 0x14

bool vbt_size(const uint8_t *bytes, size_t max, size_t *ret_size) {
        if (max < VBT_HEADER_SIZE || memcmp(bytes, "$VBT", 4) != 0)
                return false;

        size_t bdb = read_u32(bytes + VBT_BDB_OFFSET);
        if (!range_ok(bdb, BDB_HEADER_SIZE, max) || bdb < VBT_HEADER_SIZE || bdb > VBT_MAX)
                return false;
        if (memcmp(bytes + bdb, "BIOS_DATA_BLOCK", 15) != 0)
                return false;

        /* The header and the BDB each have a size; where they differ, the VBT extends to the larger end. */
        size_t size = read_u16(bytes + VBT_SIZE);
        size_t to_bdb_end = bdb + read_u16(bytes + bdb + BDB_SIZE);
        if (to_bdb_end > size)
                size = to_bdb_end;
        if (size < bdb + BDB_HEADER_SIZE || size > max)
                return false;

        *ret_size = size;
        return true;
}

void vbt_set_checksum(uint8_t *vbt, size_t size) {
        uint8_t sum = 0;

        vbt[VBT_CHECKSUM] = 0;
        for (size_t i = 0; i < size; i++)
                sum = (uint8_t) (sum + vbt[i]);
        vbt[VBT_CHECKSUM] = (uint8_t) -sum;
}
