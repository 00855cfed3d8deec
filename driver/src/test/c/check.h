/* Assertions and fixtures of the hosted tests. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base.h"

#define check(condition)                                                             \
        do {                                                                         \
                if (!(condition)) {                                                  \
                        fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
                        abort();                                                     \
                }                                                                    \
        } while (false)

typedef struct Test {
        const char *name;
        void (*run)(void);
} Test;

/* A fuzz target gets a heap copy of exactly size bytes, so that the sanitizer detects every access beyond it. */
typedef struct FuzzTarget {
        const char *name;
        void (*run)(const uint8_t *bytes, size_t size);
        size_t (*seed)(uint8_t *ret_bytes, size_t max);
} FuzzTarget;

#define FUZZ_MAX 0x6000U

extern const Test opregion_tests[], memory_tests[], data_tests[];
extern const FuzzTarget fuzz_targets[];

/* Fixtures. */
size_t make_vbt(uint8_t *ret_bytes, size_t size);
size_t make_opregion(uint8_t *ret_bytes, unsigned version, uint64_t rvda, size_t vbt);
size_t make_rom_data(uint8_t *ret_bytes, size_t opregion);
size_t make_descriptor(uint8_t *ret_bytes, uint32_t type, uint64_t base, uint64_t end);
size_t make_e820(uint8_t *ret_bytes, uint64_t base, uint64_t size, uint32_t type);
