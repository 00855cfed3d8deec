/* QEMU's firmware configuration device, which bhyve has too. */
#pragma once

#include "fwcfg_directory.h"

typedef struct FwCfg {
        bool present;
        bool dma;
        uint32_t id;
        uint32_t files;
} FwCfg;

FwCfg fwcfg_probe(void);

/* selector is 0 when no file has that name. */
FwCfgFile fwcfg_find(const FwCfg *device, const char *name);

/* Reads at most size bytes from the start of a file. */
void fwcfg_read(const FwCfg *device, FwCfgFile file, void *ret_bytes, size_t size);

/* A number of at most eight bytes; 0 when the file is missing. */
uint64_t fwcfg_number(const FwCfg *device, const char *name);
