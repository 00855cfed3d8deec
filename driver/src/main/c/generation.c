#include "generation.h"

/* Defines generations[], device_ids[] in ascending order, device_generations[] in the same order, and display_buffers[]. */
#include "generations_table.h"

assert_cc(ELEMENTS(device_ids) == ELEMENTS(device_generations));
assert_cc(ELEMENTS(display_buffers) <= DISPLAY_BUFFERS_MAX);

const Generation *generation_of(uint16_t device_id) {
        size_t low = 0, high = ELEMENTS(device_ids);

        while (low < high) {
                size_t middle = low + (high - low) / 2;
                if (device_ids[middle] == device_id)
                        return &generations[device_generations[middle]];
                if (device_ids[middle] < device_id)
                        low = middle + 1;
                else
                        high = middle;
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
