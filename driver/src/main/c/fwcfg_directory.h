/* The directory of QEMU's firmware configuration device. Pure. */
#pragma once

#include "base.h"

/* Spec: QEMU, docs/specs/fw_cfg.rst: a big-endian count, then entries of 64 bytes. */
#define FWCFG_ENTRY_SIZE 64U
#define FWCFG_NAME_SIZE 56U
/* An upper bound: QEMU has room for far fewer. */
#define FWCFG_MAX_FILES 1024U

typedef struct FwCfgFile {
        uint16_t selector; /* 0 when the file is missing */
        uint32_t size;
} FwCfgFile;

/* How many entries follow the first four bytes; false when that is more than FWCFG_MAX_FILES. */
bool fwcfg_count(const uint8_t count[4], uint32_t *ret_count);

/* Reads one entry; true when it has that name. */
bool fwcfg_entry_is(const uint8_t entry[FWCFG_ENTRY_SIZE], const char *name, FwCfgFile *ret_file);
