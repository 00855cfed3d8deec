/* QEMU's firmware configuration device, which bhyve has too. */
#pragma once

#include "fwcfg_directory.h"

/* What the device said when it was last probed. */
typedef struct FwCfg {
        bool present;
        bool dma;
        uint32_t id;
        uint32_t files;
} FwCfg;

extern FwCfg fwcfg;

/* Reads the directory, in which the functions below search. */
void fwcfg_probe(void);

/* selector is 0 when no file has that name. */
FwCfgFile fwcfg_find(const char *name);

/* Reads at most max bytes of a file. Returns the size of the whole file, or 0 when no file has that name. */
size_t fwcfg_read(const char *name, void *ret_bytes, size_t max);

/* Whether a file of one to eight bytes has that name; reads the number in it. */
bool fwcfg_number(const char *name, uint64_t *ret_number);
