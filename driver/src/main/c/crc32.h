/* CRC-32 as in IEEE 802.3 and UEFI's table headers. Pure. */
#pragma once

#include "base.h"

/* Start with 0; to continue, pass what the previous call returned. */
uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t size);
