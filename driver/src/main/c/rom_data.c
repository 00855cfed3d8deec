#include "rom_data.h"

#include "crc32.h"

#define ORIGIN_LAST 4U

static const RomData expected = {
        .signature = { 'I', 'G', 'D', 'R', 'D', 'A', 'T', 'A' },
        .version = ROM_DATA_VERSION,
        .header_size = ROM_DATA_HEADER_SIZE,
};

const RomData *rom_data_find(const uint8_t *image, size_t size) {
        /* From the end, since that is where it is; the headers are in the first page. */
        for (size_t page = size / PAGE_SIZE; page > 1; page--) {
                const uint8_t *start = image + (page - 1) * PAGE_SIZE;
                if (memcmp(start, expected.signature, sizeof expected.signature) == 0)
                        return (const RomData *) start;
        }
        return NULL;
}

static uint32_t crc_of(const RomData *data) {
        RomData header = *data;

        header.crc = 0;
        return crc32(crc32(0, (const uint8_t *) &header, sizeof header), (const uint8_t *) (data + 1), data->size - sizeof header);
}

bool rom_data_valid(const RomData *data, size_t size) {
        if (size < sizeof *data || memcmp(data, &expected, offsetof(RomData, size)) != 0)
                return false;
        if (data->size < sizeof *data || data->size > size || data->size > ROM_DATA_MAX || crc_of(data) != data->crc)
                return false;

        if (data->lid > LID_CLOSED || data->dock > DOCK_DOCKED || data->origin > ORIGIN_LAST)
                return false;
        for (const RomPart *part = data->parts; part < data->parts + ROM_PARTS; part++)
                if (part->size != 0 && (part->offset < sizeof *data || !range_ok(part->offset, part->size, data->size)))
                        return false;
        return (data->stolen_base | data->stolen_size) % MIB == 0 && range_ok(data->stolen_base, data->stolen_size, GIB4);
}
