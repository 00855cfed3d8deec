#include "crc32.h"

uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t size) {
        crc = ~crc;
        for (size_t i = 0; i < size; i++) {
                crc ^= bytes[i];
                for (unsigned bit = 0; bit < 8; bit++)
                        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320U : 0);
        }
        return ~crc;
}
