#include "base.h"

/* String instructions instead of loops, which compilers turn into calls of these very functions. */
void *memcpy(void *to, const void *from, size_t size) {
        void *start = to;

        __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
        return start;
}

void *memset(void *to, int value, size_t size) {
        void *start = to;

        __asm__ volatile("rep stosb" : "+D"(to), "+c"(size) : "a"(value) : "memory");
        return start;
}

int memcmp(const void *left, const void *right, size_t size) {
        const uint8_t *a = left, *b = right;

        for (; size > 0; size--, a++, b++)
                if (*a != *b)
                        return *a < *b ? -1 : 1;
        return 0;
}
