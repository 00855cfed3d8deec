#include "base.h"

/* Instructions instead of loops: compilers make calls to these very functions out of loops. */
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

int memcmp(const void *one, const void *other, size_t size) {
        const uint8_t *a = one, *b = other;

        for (; size > 0; size--, a++, b++)
                if (*a != *b)
                        return *a < *b ? -1 : 1;
        return 0;
}
