/* The VBT: which outputs the board has. Pure. */
#pragma once

#include "base.h"

/* The field with the size has 16 bits. */
#define VBT_MAX 0xffffU

/*
 * The size of the VBT at the start of bytes; false when it is not whole. Requires the signature and a BIOS data block where
 * the header points, since "$VBT" alone is a constant in many drivers. The checksum is ignored: most are wrong.
 *
 * Source: Linux, intel_vbt_defs.h, struct vbt_header and struct bdb_header.
 */
bool vbt_size(const uint8_t *bytes, size_t max, size_t *ret_size);

/* Sets the checksum, so that the sum of all bytes is 0. */
void vbt_set_checksum(uint8_t *vbt, size_t size);
