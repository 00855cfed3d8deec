#include "crc32.h"

uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t size) {
        /* Half a byte at a time: the table has 16 entries, and the speed suffices for a few KiB. */
        uint32_t table[16];

        for (uint32_t i = 0; i < ELEMENTS(table); i++) {
                uint32_t value = i;
                for (unsigned bit = 0; bit < 4; bit++)
                        value = value >> 1 ^ (value & 1 ? 0xedb88320U : 0);
                table[i] = value;
        }

        crc = ~crc;
        for (size_t i = 0; i < size; i++) {
                crc ^= bytes[i];
                crc = crc >> 4 ^ table[crc & 0xf];
                crc = crc >> 4 ^ table[crc & 0xf];
        }
        return ~crc;
}
