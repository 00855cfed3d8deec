/* Included by every file of the driver: fixed-size types, checked ranges, unaligned little-endian access. */
#pragma once

#if __STDC_HOSTED__
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#else
/* The compiler of the build has no headers. */
typedef __UINT8_TYPE__ uint8_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef __SIZE_TYPE__ size_t;
#define UINT16_MAX 0xffffU
#define UINT32_MAX 0xffffffffU
#define UINT64_MAX 0xffffffffffffffffULL
#define SIZE_MAX UINT64_MAX
#define NULL ((void *) 0)
#define bool _Bool
#define true 1
#define false 0
#define offsetof(type, member) __builtin_offsetof(type, member)

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *left, const void *right, size_t size);
#endif

#define assert_cc(expression) _Static_assert(expression, #expression)
#define ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))
#define _cleanup_(function) __attribute__((cleanup(function)))

/* Moves a structure out of a variable and clears the variable, so that its cleanup does nothing. */
#define TAKE_STRUCT(from)                       \
        ({                                      \
                __typeof__(from) *_p = &(from); \
                __typeof__(from) _s = *_p;      \
                *_p = (__typeof__(from)){};     \
                _s;                             \
        })

#define KIB 1024U
#define MIB (1024U * 1024U)
#define GIB4 0x100000000ULL
#define PAGE_SIZE 4096U

/* Whether the bytes [offset, offset + length) are inside the first max. */
static inline bool range_ok(uint64_t offset, uint64_t length, uint64_t max) {
        return offset <= max && length <= max - offset;
}

/* The end of [base, base + size); false when it does not fit into an address. */
static inline bool range_end(uint64_t base, uint64_t size, uint64_t *ret_end) {
        if (size > UINT64_MAX - base)
                return false;
        *ret_end = base + size;
        return true;
}

static inline uint16_t read_u16(const uint8_t *at) {
        return (uint16_t) (at[0] | at[1] << 8);
}

static inline uint32_t read_u32(const uint8_t *at) {
        return (uint32_t) read_u16(at) | (uint32_t) read_u16(at + 2) << 16;
}

static inline uint64_t read_u64(const uint8_t *at) {
        return (uint64_t) read_u32(at) | (uint64_t) read_u32(at + 4) << 32;
}

static inline void write_u16(uint8_t *at, uint16_t value) {
        at[0] = (uint8_t) value;
        at[1] = (uint8_t) (value >> 8);
}

static inline void write_u32(uint8_t *at, uint32_t value) {
        write_u16(at, (uint16_t) value);
        write_u16(at + 2, (uint16_t) (value >> 16));
}

static inline void write_u64(uint8_t *at, uint64_t value) {
        write_u32(at, (uint32_t) value);
        write_u32(at + 4, (uint32_t) (value >> 32));
}
