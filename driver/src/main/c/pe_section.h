/* Finds a section of a loaded PE image. Pure. */
#pragma once

#include "base.h"

typedef struct PeSection {
        uint32_t offset; /* from the start of the loaded image */
        uint32_t size;
} PeSection;

/* Spec: PE/COFF, "PE Header", "Section Table". name has at most eight characters. */
bool pe_section_find(const uint8_t *image, size_t size, const char *name, PeSection *ret_section);
