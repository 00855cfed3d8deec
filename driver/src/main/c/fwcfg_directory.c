#include "fwcfg_directory.h"

#define FIRST_FILE 0x20U

static uint32_t read_be32(const uint8_t *at) {
        return (uint32_t) at[0] << 24 | (uint32_t) at[1] << 16 | (uint32_t) at[2] << 8 | at[3];
}

bool fwcfg_count(const uint8_t count[4], uint32_t *ret_count) {
        uint32_t value = read_be32(count);

        if (value > FWCFG_MAX_FILES)
                return false;
        *ret_count = value;
        return true;
}

bool fwcfg_entry_is(const uint8_t entry[FWCFG_ENTRY_SIZE], const char *name, FwCfgFile *ret_file) {
        const uint8_t *stored = entry + (FWCFG_ENTRY_SIZE - FWCFG_NAME_SIZE);
        uint16_t selector = (uint16_t) (entry[4] << 8 | entry[5]);

        for (size_t i = 0; i < FWCFG_NAME_SIZE; i++) {
                if (stored[i] != (uint8_t) name[i])
                        return false;
                if (name[i] == '\0') {
                        if (selector < FIRST_FILE)
                                return false;
                        *ret_file = (FwCfgFile){ .selector = selector, .size = read_be32(entry) };
                        return true;
                }
        }
        return false;
}
