#include "pe_section.h"

#define DOS_PE_OFFSET 0x3cU
#define COFF_SIZE 24U /* with the signature before it */
#define COFF_SECTIONS 6U
#define COFF_OPTIONAL_SIZE 20U
#define SECTION_SIZE 40U
#define SECTION_NAME_SIZE 8U
#define SECTION_VIRTUAL_SIZE 8U
#define SECTION_ADDRESS 12U

static bool name_is(const uint8_t *stored, const char *name) {
        for (size_t i = 0; i < SECTION_NAME_SIZE; i++) {
                if (stored[i] != (uint8_t) name[i])
                        return false;
                if (name[i] == '\0')
                        return true;
        }
        return true;
}

bool pe_section_find(const uint8_t *image, size_t size, const char *name, PeSection *ret_section) {
        if (!range_ok(DOS_PE_OFFSET, 4, size))
                return false;
        size_t at = read_u32(image + DOS_PE_OFFSET);
        if (!range_ok(at, COFF_SIZE, size) || memcmp(image + at, "PE\0", 4) != 0)
                return false;

        uint16_t sections = read_u16(image + at + COFF_SECTIONS);
        at += COFF_SIZE + read_u16(image + at + COFF_OPTIONAL_SIZE);
        for (; sections > 0 && range_ok(at, SECTION_SIZE, size); sections--, at += SECTION_SIZE) {
                PeSection section = {
                        .offset = read_u32(image + at + SECTION_ADDRESS),
                        .size = read_u32(image + at + SECTION_VIRTUAL_SIZE),
                };
                if (!name_is(image + at, name))
                        continue;
                if (!range_ok(section.offset, section.size, size))
                        return false;
                *ret_section = section;
                return true;
        }
        return false;
}
