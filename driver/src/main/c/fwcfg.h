/* QEMU's firmware configuration device, which bhyve has too. */
#pragma once

#include "fwcfg_directory.h"

typedef struct FwCfg {
        bool present;
        bool dma;
        uint32_t id;
        uint32_t files;
        uint8_t *directory; /* entries of all files, from AllocatePool(); NULL without files */
} FwCfg;

/* To be freed with fwcfg_done(), after which no file is found any more. */
FwCfg fwcfg_probe(void);
void fwcfg_done(FwCfg *device);

/* selector is 0 when no file has that name. */
FwCfgFile fwcfg_find(const FwCfg *device, const char *name);

/* Reads at most size bytes from the start of a file. */
void fwcfg_read(const FwCfg *device, FwCfgFile file, void *ret_bytes, size_t size);

/* Whether a file of one to eight bytes has that name; reads the number in it. */
bool fwcfg_number(const FwCfg *device, const char *name, uint64_t *ret_number);
