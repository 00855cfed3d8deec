/* Facts about a device, from a table that is made from those of module knowledge. Pure. */
#pragma once

#include "base.h"

typedef enum GmsEncoding {
        GMS_SNB,  /* steps of 32 MiB up to 0x10 */
        GMS_CHV,  /* as GMS_SNB, then steps of 4 MiB from 8 MiB at 0x11, from 36 MiB at 0x17 */
        GMS_GEN8, /* steps of 32 MiB up to 0x40 */
        GMS_GEN9, /* steps of 32 MiB below 0xf0, then steps of 4 MiB from 4 MiB */
} GmsEncoding;

typedef struct Generation {
        char name[8];
        uint16_t version; /* of the graphics, times 100 */
        uint8_t ggc;      /* offset in config space */
        uint8_t gms_shift;
        uint8_t gms_bits;
        uint8_t gms_encoding;
        uint8_t bdsm; /* offset in config space, 0 for none */
        uint8_t bdsm_bits;
        uint32_t bdsm_mirror; /* offset in BAR0 */
        bool stolen_in_guest;
        uint8_t bar0_mib; /* the upper half of BAR0 is the page table */
        uint8_t pte_bits;
} Generation;

/* A control register of a slice of the display buffer. */
typedef struct DisplayBuffer {
        uint32_t offset; /* in BAR0 */
        uint16_t first, last; /* graphics versions */
} DisplayBuffer;

/* NULL for an unknown device. */
const Generation *generation_of(uint16_t device_id);

/* The size of stolen memory in bytes, 0 for none or a reserved value. */
uint64_t generation_stolen_size(const Generation *generation, uint16_t ggc);

/* BAR0 shows whether the device is a virtual function of SR-IOV, from this graphics version on.
 * Source: Linux, drivers/gpu/drm/xe/regs/xe_sriov_regs.h, VF_CAP_REG; i915 takes any other bit for an invalid read. */
#define VIRTUAL_FUNCTION_OFFSET 0x1901f8U
#define VIRTUAL_FUNCTION_VERSION 1200U
#define VIRTUAL_FUNCTION 1U
static inline bool shows_virtual_function(const Generation *generation, uint32_t value) {
        return generation->version >= VIRTUAL_FUNCTION_VERSION && value == VIRTUAL_FUNCTION;
}

/* The offsets of the control registers of its display buffer; returns their number. */
#define DISPLAY_BUFFERS_MAX 4U
size_t generation_display_buffers(const Generation *generation, uint32_t ret_offsets[DISPLAY_BUFFERS_MAX]);

/* The base in a value of BDSM, without the flags in its low 20 bits. */
static inline uint64_t bdsm_base(uint64_t bdsm) {
        return bdsm & ~(uint64_t) (MIB - 1);
}
