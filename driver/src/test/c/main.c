/* Runs all hosted tests, then each fuzz target for some milliseconds: hosted [MILLISECONDS [SEED]]. */
#include "check.h"

static unsigned run_tests(const Test *tests) {
        unsigned count = 0;

        for (; tests->name != NULL; tests++, count++)
                tests->run();
        return count;
}

static uint64_t state;

static uint32_t draw(uint32_t below) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (uint32_t) (state >> 32) % below;
}

static void mutate(uint8_t *bytes, size_t *size) {
        static const uint64_t odd[] = { 0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff, UINT64_MAX, 1ULL << 63 };

        for (uint32_t times = 1 + draw(4); times > 0; times--) {
                if (*size == 0)
                        return;
                /* Two thirds of the edits go to the header. */
                size_t span = draw(3) != 0 && *size > 0x100 ? 0x100 : *size;
                size_t at = draw((uint32_t) span);
                switch (draw(4)) {
                case 0:
                        bytes[at] = (uint8_t) draw(256);
                        break;
                case 1:
                        bytes[at] ^= (uint8_t) (1U << draw(8));
                        break;
                case 2: {
                        uint64_t value = odd[draw(ELEMENTS(odd))] + draw(3) - 1;
                        for (size_t i = 0; i < 1U << draw(4) && at + i < *size; i++)
                                bytes[at + i] = (uint8_t) (value >> 8 * i);
                        break;
                }
                default:
                        if (draw(8) == 0)
                                *size = draw((uint32_t) *size + 1);
                }
        }
}

static uint64_t milliseconds(void) {
        struct timespec now;

        timespec_get(&now, TIME_UTC);
        return (uint64_t) now.tv_sec * 1000 + (uint64_t) now.tv_nsec / 1000000;
}

static void fuzz(const FuzzTarget *target, uint64_t budget, uint64_t seed) {
        static uint8_t bytes[FUZZ_MAX];
        uint64_t runs = 0, end = milliseconds() + budget;

        state = 0x9e3779b97f4a7c15 ^ seed;
        do
                for (unsigned i = 0; i < 64; i++, runs++) {
                        size_t size = target->seed(bytes, sizeof bytes);
                        mutate(bytes, &size);
                        uint8_t *copy = malloc(size > 0 ? size : 1);
                        check(copy != NULL);
                        memcpy(copy, bytes, size);
                        target->run(copy, size);
                        free(copy);
                }
        while (milliseconds() < end);
        printf("fuzzed %s: %llu runs\n", target->name, (unsigned long long) runs);
}

int main(int count, char **arguments) {
        uint64_t budget = count > 1 ? strtoull(arguments[1], NULL, 10) : 1000;
        uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 0;

        unsigned passed = run_tests(opregion_tests) + run_tests(memory_tests) + run_tests(data_tests);
        for (const FuzzTarget *target = fuzz_targets; target->name != NULL; target++, passed++)
                fuzz(target, budget, seed);
        printf("%u passed\n", passed);
        return 0;
}
