package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.driver.OpRegionSources.Choice;
import igdrom.driver.OpRegionSources.Source;
import igdrom.formats.opregion.VbtExtent;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpRegionSourcesTest {
    private static final Image VBT = vbt();
    private static final Image REGION = OpRegionSamples.around(VBT);
    private static final Image WITHOUT_VBT = OpRegionSamples.patched(REGION, 0x400, "00");
    private static final int CASES = 2000;

    /// Runs the driver's `setup_opregion` on a device and a machine made of variables, and prints a
    /// line for each case: the source whose OpRegion ASLS points to in the end, a checksum of what
    /// is there, and the VBT.
    private static final String QUESTIONS =
            """
            #include <stdio.h>
            #include <stdlib.h>
            #include <sys/mman.h>
            #include "crc32.h"
            #include "opregion.h"
            #include "setup.h"

            #define ARENA 0x30000000U
            #define ARENA_SIZE (4 * MIB)
            #define COPIES (ARENA + 2 * MIB)

            static uint32_t asls;
            static uint8_t *file;
            static uint32_t file_size;
            static uint64_t next_copy;
            static Outcome last_outcome;

            uint32_t config_read32(Setup *setup, uint32_t offset) {
                    (void) setup;
                    return offset == CONFIG_ASLS ? asls : 0;
            }
            void config_write32(Setup *setup, uint32_t offset, uint32_t value) {
                    (void) setup;
                    if (offset == CONFIG_ASLS)
                            asls = value;
            }
            FwCfgFile fwcfg_find(const char *name) {
                    (void) name;
                    return (FwCfgFile){ .selector = file_size == 0 ? 0 : 0x20, .size = file_size };
            }
            size_t fwcfg_read(const char *name, void *ret_bytes, size_t max) {
                    (void) name;
                    memcpy(ret_bytes, file, file_size < max ? file_size : max);
                    return file_size;
            }
            EFI_STATUS pages_allocate(EFI_MEMORY_TYPE type, uint64_t size, Pages *ret_pages) {
                    (void) type;
                    *ret_pages = (Pages){ .base = next_copy, .count = (size_t) pages_of(size) };
                    next_copy += ret_pages->count * PAGE_SIZE;
                    return EFI_SUCCESS;
            }
            static bool reserved;
            bool pages_claim(EFI_MEMORY_TYPE type, uint64_t base, uint64_t size, Pages *ret_pages) {
                    (void) type;
                    if (base < ARENA || size > COPIES - ARENA || base + size > COPIES)
                            return false;
                    if (!reserved)
                            *ret_pages = (Pages){ .base = base, .count = (size_t) pages_of(size) };
                    return true;
            }
            bool needs_stolen(const Setup *setup) {
                    (void) setup;
                    return true;
            }
            void pages_done(Pages *pages) {
                    *pages = (Pages){};
            }
            const MemoryMap *memory_map(void) {
                    static uint8_t bytes[40];
                    static MemoryMap map = { .bytes = bytes, .size = 40, .stride = 40, .format = &uefi_descriptor };
                    write_u32(bytes, EfiACPIMemoryNVS);
                    write_u64(bytes + 8, ARENA);
                    write_u64(bytes + 24, (COPIES - ARENA) / PAGE_SIZE);
                    return &map;
            }
            void report_step(Step step, Outcome outcome, EFI_STATUS status, uint64_t value, uint64_t detail) {
                    (void) step;
                    (void) status;
                    (void) value;
                    (void) detail;
                    last_outcome = outcome;
            }

            static uint8_t *read_part(FILE *input, uint32_t *ret_size) {
                    uint8_t length[4];
                    if (fread(length, 1, 4, input) != 4)
                            exit(1);
                    *ret_size = read_u32(length);
                    uint8_t *bytes = malloc(*ret_size + 1);
                    if (fread(bytes, 1, *ret_size, input) != *ret_size)
                            exit(1);
                    return bytes;
            }
            int main(int count, char **arguments) {
                    FILE *input = fopen(arguments[count - 1], "rb");
                    uint8_t *arena = mmap((void *) (uintptr_t) ARENA, ARENA_SIZE, PROT_READ | PROT_WRITE,
                                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
                    int wins;
                    if (arena != (uint8_t *) (uintptr_t) ARENA)
                            return 1;
                    while ((wins = fgetc(input)) != EOF) {
                            reserved = wins >> 1;
                            uint32_t preset_size, embedded_size;
                            uint8_t *preset = read_part(input, &preset_size);
                            file = read_part(input, &file_size);
                            uint8_t *embedded = read_part(input, &embedded_size);
                            /* The header, then the OpRegion. */
                            RomData *data = calloc(1, sizeof *data + embedded_size);
                            data->flags = wins & 1 ? ROM_EMBEDDED_WINS : 0;
                            data->parts[ROM_OPREGION] = (RomPart){ sizeof *data, embedded_size };
                            memcpy(data + 1, embedded, embedded_size);
                            Setup setup = { .emulation = EMULATED, .data = data };
                            memset(arena, 0, ARENA_SIZE);
                            memcpy(arena, preset, preset_size);
                            asls = preset_size == 0 ? 0 : ARENA;
                            next_copy = COPIES;
                            claim_preset(&setup);
                            setup_opregion(&setup);
                            if (setup.opregion_base == 0) {
                                    puts("none");
                            } else {
                                    if (asls != setup.opregion_base)
                                            return 1;
                                    printf("%s %zx %08x, VBT %llx %zx\\n",
                                           last_outcome == OUTCOME_FROM_FW_CFG ? "fw_cfg"
                                           : last_outcome == OUTCOME_FROM_ROM  ? "embedded"
                                                                               : "preset",
                                           setup.opregion_size,
                                           crc32(0, at_address(setup.opregion_base), setup.opregion_size),
                                           setup.vbt_base == 0 ? 0ULL
                                           : (unsigned long long) (setup.vbt_base - setup.opregion_base),
                                           setup.vbt_base == 0 ? 0 : setup.vbt_size);
                            }
                            free(preset);
                            free(file);
                            free(embedded);
                            free(data);
                    }
                    return 0;
            }
            """;

    @TempDir Path directory = Path.of("");

    @Test
    void sources_are_asked_in_order() {
        assertThat(chosen(REGION, REGION, REGION)).isEqualTo(Source.PRESET);
        assertThat(chosen(Image.EMPTY, REGION, REGION)).isEqualTo(Source.FW_CFG);
        assertThat(chosen(Image.EMPTY, Image.EMPTY, REGION)).isEqualTo(Source.EMBEDDED);
        assertThat(sources(Image.EMPTY, Image.EMPTY, Image.EMPTY, true).choose()).isEmpty();
    }

    @Test
    void preset_opregion_that_nobody_protected_comes_last() {
        assertThat(chosenAfterReboot(REGION, REGION, REGION)).isEqualTo(Source.FW_CFG);
        assertThat(chosenAfterReboot(REGION, Image.EMPTY, REGION)).isEqualTo(Source.EMBEDDED);
        assertThat(chosenAfterReboot(REGION, WITHOUT_VBT, WITHOUT_VBT)).isEqualTo(Source.PRESET);
        assertThat(chosenAfterReboot(WITHOUT_VBT, Image.EMPTY, WITHOUT_VBT))
                .isEqualTo(Source.EMBEDDED);
        assertThat(chosenAfterReboot(REGION, Image.EMPTY, Image.EMPTY)).isEqualTo(Source.PRESET);
    }

    @Test
    void source_with_a_vbt_comes_before_sources_without_one() {
        assertThat(chosen(WITHOUT_VBT, WITHOUT_VBT, REGION)).isEqualTo(Source.EMBEDDED);
        assertThat(chosen(WITHOUT_VBT, REGION, WITHOUT_VBT)).isEqualTo(Source.FW_CFG);
        assertThat(chosen(WITHOUT_VBT, WITHOUT_VBT, WITHOUT_VBT)).isEqualTo(Source.PRESET);
    }

    @Test
    void embedded_opregion_that_wins_needs_no_vbt() {
        assertThat(sources(REGION, REGION, WITHOUT_VBT, true).choose())
                .contains(new Choice(Source.EMBEDDED, WITHOUT_VBT, null));
        assertThat(sources(Image.EMPTY, REGION, VBT, true).choose())
                .contains(new Choice(Source.FW_CFG, REGION, new VbtExtent(0x400, VBT.size())));
    }

    @Test
    void preset_opregion_stays_as_it_is() {
        Image preset = OpRegionSamples.with(0x0201, 0x2000, VBT.size() + 3, VBT);
        Image memory = new Emitter().image(preset).fill(0, 3).toImage();
        assertThat(sources(preset, REGION, REGION, false).choose())
                .contains(new Choice(Source.PRESET, memory, new VbtExtent(0x2000, VBT.size())));
    }

    @Test
    void preset_opregion_with_an_address_of_the_host_is_refused() {
        Image preset = OpRegionSamples.with(0x0200, 0x7abc_1000L, VBT.size(), VBT);
        assertThat(chosen(preset, Image.EMPTY, REGION)).isEqualTo(Source.EMBEDDED);
    }

    @Test
    void driver_and_choice_agree_on_thousands_of_cases() throws Exception {
        List<Image> samples = new ArrayList<>(OpRegionSamples.named().values());
        samples.add(WITHOUT_VBT);
        Random random = new Random(12);
        List<OpRegionSources> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            cases.add(
                    new OpRegionSources(
                            sample(samples, random),
                            random.nextBoolean(),
                            sample(samples, random),
                            sample(samples, random),
                            random.nextInt(4) == 0));
        }
        List<String> expected = cases.stream().map(OpRegionSourcesTest::line).toList();
        assertThat(answers(cases)).isEqualTo(expected);
        for (String source : List.of("preset", "fw_cfg", "embedded", "none")) {
            assertThat(expected).filteredOn(line -> line.startsWith(source)).hasSizeGreaterThan(50);
        }
    }

    private static Image sample(List<Image> samples, Random random) {
        Image sample = samples.get(random.nextInt(samples.size()));
        return switch (random.nextInt(4)) {
            case 0 -> Image.EMPTY;
            case 1 -> WITHOUT_VBT;
            case 2 -> sample;
            default -> OpRegionSamples.bruised(sample, random);
        };
    }

    private static String line(OpRegionSources sources) {
        return sources.choose()
                .map(choice -> {
                    VbtExtent vbt = choice.vbt();
                    return "%s %x %08x, VBT %x %x"
                            .formatted(
                                    choice.source().name().toLowerCase(Locale.ROOT),
                                    choice.image().size(),
                                    choice.image().crc32(),
                                    vbt == null ? 0 : vbt.offset(),
                                    vbt == null ? 0 : vbt.size());
                })
                .orElse("none");
    }

    private List<String> answers(List<OpRegionSources> cases) throws Exception {
        HostedC hosted = HostedC.in(directory);
        Path program =
                hosted.compile(
                        List.of(
                                "opregion_setup.c",
                                "opregion.c",
                                "vbt.c",
                                "memory_map.c",
                                "crc32.c"),
                        QUESTIONS);
        Path input = directory.resolve("cases");
        try (OutputStream out = Files.newOutputStream(input)) {
            for (OpRegionSources sources : cases) {
                out.write((sources.embeddedWins() ? 1 : 0) | (sources.presetIsReserved() ? 2 : 0));
                for (Image part : List.of(sources.preset(), sources.fwCfg(), sources.embedded())) {
                    new Emitter().u32(part.size()).image(part).toImage().writeTo(out);
                }
            }
        }
        return hosted.run(List.of(program.toString(), input.toString()));
    }

    private static Source chosen(Image preset, Image fwCfg, Image embedded) {
        return sources(preset, fwCfg, embedded, false).choose().orElseThrow().source();
    }

    private static Source chosenAfterReboot(Image preset, Image fwCfg, Image embedded) {
        return new OpRegionSources(preset, /* presetIsReserved= */ false, fwCfg, embedded, false)
                .choose()
                .orElseThrow()
                .source();
    }

    private static OpRegionSources sources(
            Image preset, Image fwCfg, Image embedded, boolean embeddedWins) {
        return new OpRegionSources(
                preset, /* presetIsReserved= */ true, fwCfg, embedded, embeddedWins);
    }

    private static Image vbt() {
        Emitter out = new Emitter();
        new VbtBuilder("MADE UP", 228)
                .device(4, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(out);
        return out.toImage();
    }
}
