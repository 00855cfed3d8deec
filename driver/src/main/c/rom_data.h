/* The data of one system that `igdrom build` adds to the driver: see docs/driver-data.md. Pure. */
#pragma once

#include "base.h"

#define ROM_DATA_SECTION ".igdrom"
#define ROM_DATA_VERSION 2U
#define ROM_DATA_HEADER_SIZE 0x60U
#define ROM_DATA_MAX (512U * KIB)

typedef enum LidData { LID_UNSPECIFIED, LID_OPEN, LID_CLOSED } LidData;
typedef enum DockData { DOCK_UNSPECIFIED, DOCK_UNDOCKED, DOCK_DOCKED } DockData;

#define ROM_LOG_PORT (1U << 0)
#define ROM_LOG_VARIABLE (1U << 1)

#define ROM_EMBEDDED_WINS (1U << 0)
#define ROM_ASLS_ALWAYS (1U << 1)
#define ROM_CLEAR_DISPLAY_STATE (1U << 2)

typedef struct RomData {
        uint8_t lid; /* LidData */
        uint8_t dock; /* DockData */
        uint8_t log;
        uint8_t flags;
        uint16_t treat_as; /* device id whose generation to assume, 0 for the device's own */
        uint64_t stolen_base; /* 0 when unknown */
        uint64_t stolen_size; /* 0 when unknown */
        const uint8_t *opregion;
        size_t opregion_size; /* 0 for none */
        const uint8_t *policy_vbt; /* for the GOP instead of the one in the OpRegion */
        size_t policy_vbt_size; /* 0 for none */
} RomData;

/* The defaults of a driver without data. */
RomData rom_data_default(void);

/* Reads the section; false when any field is invalid: then none of the data may be used. */
bool rom_data_read(const uint8_t *bytes, size_t size, RomData *ret_data);
