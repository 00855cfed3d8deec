#include "generation.h"

/* A device: how far its id is from the one before, and the index of its generation; that of none is out of range. */
typedef struct DeviceStep {
        uint8_t step, generation;
} DeviceStep;

/* Defines generations[], devices[] in the order of their ids, and display_buffers[]. */
#include "generations_table.h"

assert_cc(ELEMENTS(display_buffers) <= DISPLAY_BUFFERS_MAX);

const Generation *generation_of(uint16_t device_id) {
        uint32_t id = 0;

        for (size_t i = 0; i < ELEMENTS(devices) && id < device_id; i++) {
                id += devices[i].step;
                if (id == device_id && devices[i].generation < ELEMENTS(generations))
                        return &generations[devices[i].generation];
        }
        return NULL;
}

static uint32_t stolen_mib(uint8_t encoding, uint32_t gms) {
        switch ((GmsEncoding) encoding) {
        case GMS_SNB:
                return gms <= 0x10 ? 32 * gms : 0;
        case GMS_CHV:
                if (gms <= 0x10)
                        return 32 * gms;
                if (gms <= 0x16)
                        return 8 + 4 * (gms - 0x11);
                return gms <= 0x1d ? 36 + 4 * (gms - 0x17) : 0;
        case GMS_GEN8:
                return gms <= 0x40 ? 32 * gms : 0;
        case GMS_GEN9:
                if (gms < 0xf0)
                        return 32 * gms;
                return gms < 0xff ? 4 * (gms - 0xef) : 0;
        }
        return 0;
}

uint64_t generation_stolen_size(const Generation *generation, uint16_t ggc) {
        uint32_t gms = ((uint32_t) ggc >> generation->gms_shift) & ((1U << generation->gms_bits) - 1);

        return (uint64_t) stolen_mib(generation->gms_encoding, gms) * MIB;
}

size_t generation_display_buffers(const Generation *generation, uint32_t ret_offsets[DISPLAY_BUFFERS_MAX]) {
        size_t count = 0;

        for (size_t i = 0; i < ELEMENTS(display_buffers); i++)
                if (generation->version >= display_buffers[i].first && generation->version <= display_buffers[i].last)
                        ret_offsets[count++] = display_buffers[i].offset;
        return count;
}
