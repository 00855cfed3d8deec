/* CRC-32 as in IEEE 802.3, the one of UEFI's table headers. Pure. */
#pragma once

#include "base.h"

/* Continue with what an earlier call returned; start with 0. */
uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t size);
