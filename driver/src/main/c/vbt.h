/* The VBT: which outputs the board has. Pure. */
#pragma once

#include "base.h"

/* No VBT is longer: the field with its size has 16 bits. */
#define VBT_MAX 0xffffU

/*
 * Reads how long the VBT at the start of bytes is. Demands the signature and a BIOS data block where the header points, since
 * "$VBT" alone is a constant in many drivers; a wrong checksum is no reason to refuse (most are wrong).
 *
 * Source: Linux, intel_vbt_defs.h, struct vbt_header and struct bdb_header.
 */
bool vbt_size(const uint8_t *bytes, size_t max, size_t *ret_size);

/* Sets the checksum, so that all bytes together are zero. */
void vbt_set_checksum(uint8_t *vbt, size_t size);
