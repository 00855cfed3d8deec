/* The data of one system that `igdrom build` adds to the driver: see docs/driver-data.md. Pure. */
#pragma once

#include "base.h"

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

typedef struct __attribute__((packed)) RomPart {
        uint32_t offset; /* from the start of the data */
        uint32_t size;   /* 0 for none */
} RomPart;

enum { ROM_OPREGION, ROM_GOP_EDIT, ROM_POLICY_VBT, ROM_ORIGINAL_VBT, ROM_PARTS };

/* The header; without data, all of it is 0 but the log. */
typedef struct __attribute__((packed)) RomData {
        char signature[8];
        uint16_t version;
        uint16_t header_size;
        uint32_t size;
        uint32_t crc; /* over size bytes, this field taken as 0 */
        uint8_t lid;  /* LidData */
        uint8_t dock; /* DockData */
        uint8_t log;
        uint8_t flags;
        uint16_t treat_as; /* device id whose generation to assume, 0 for the device's own */
        uint8_t targets;   /* from here to 0x20 for people: the driver only checks that it is valid */
        uint8_t origin;
        uint16_t built_for_device, built_for_lpc;
        uint64_t stolen_base; /* 0 when unknown */
        uint64_t stolen_size; /* 0 when unknown */
        RomPart parts[ROM_PARTS];
        uint8_t _pad0[16];
} RomData;

assert_cc(offsetof(RomData, crc) == 0x10);
assert_cc(offsetof(RomData, lid) == 0x14);
assert_cc(offsetof(RomData, treat_as) == 0x18);
assert_cc(offsetof(RomData, origin) == 0x1b);
assert_cc(offsetof(RomData, stolen_base) == 0x20);
assert_cc(offsetof(RomData, parts) == 0x30);
assert_cc(sizeof(RomData) == ROM_DATA_HEADER_SIZE);

/* Returns the ROM data of a loaded image: its last section, which is page-aligned. NULL if the image has none. */
const RomData *rom_data_find(const uint8_t *image, size_t size);

/* Whether all fields are valid, in at most size bytes; else none of the data may be used. */
bool rom_data_valid(const RomData *data, size_t size);

static inline const uint8_t *rom_part(const RomData *data, unsigned part) {
        return (const uint8_t *) data + data->parts[part].offset;
}
