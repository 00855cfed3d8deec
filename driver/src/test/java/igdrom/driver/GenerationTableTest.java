package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.DisplayBuffer;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A script makes the driver's table from those of module `knowledge`; this compares the answers.
class GenerationTableTest {
    /// Prints a line for every known id: its row, and a hash of every size of stolen memory.
    private static final String QUESTIONS =
            """
            #include <stdio.h>
            #include "generation.h"
            int main(void) {
                    for (unsigned id = 0; id <= 0xffff; id++) {
                            const Generation *g = generation_of((uint16_t) id);
                            if (g == NULL)
                                    continue;
                            unsigned long long sum = 0;
                            for (unsigned ggc = 0; ggc <= 0xffff; ggc++)
                                    sum = sum * 31 + generation_stolen_size(g, (uint16_t) ggc) / MIB;
                            uint32_t buffers[DISPLAY_BUFFERS_MAX];
                            char list[64] = "";
                            size_t count = generation_display_buffers(g, buffers);
                            for (size_t i = 0; i < count; i++)
                                    sprintf(list + strlen(list), "%x ", (unsigned) buffers[i]);
                            printf("%04x %s %u %x %x %u %x %d %u %u %s%llu\\n", id, g->name, g->version, g->ggc,
                                   g->bdsm, g->bdsm_bits, (unsigned) g->bdsm_mirror, g->stolen_in_guest,
                                   g->bar0_mib, g->pte_bits, list, id % 16 == 0 ? sum : 0);
                    }
                    return 0;
            }
            """;

    @TempDir Path directory = Path.of("");

    @Test
    void driver_and_knowledge_agree_on_every_id() throws Exception {
        HostedC hosted = HostedC.in(directory);
        Path program = hosted.compile(List.of("generation.c"), QUESTIONS);
        List<String> answers = hosted.run(List.of(program.toString()));
        List<String> expected = new ArrayList<>();
        for (int id = 0; id <= 0xffff; id++) {
            Optional<Platform> platform = Knowledge.platformOf(PciId.intel(id));
            if (platform.isPresent()) {
                expected.add(line(id, platform.get()));
            }
        }
        assertThat(expected).hasSizeGreaterThan(300);
        assertThat(answers).isEqualTo(expected);
    }

    private static String line(int id, Platform platform) {
        Platform.StolenBase base = platform.stolenBase();
        long sum = 0;
        for (int ggc = 0; id % 16 == 0 && ggc <= 0xffff; ggc++) {
            sum = sum * 31 + (platform.graphicsControl().stolenSize(ggc) >> 20);
        }
        StringBuilder buffers = new StringBuilder();
        for (DisplayBuffer buffer : Knowledge.displayBuffers(platform)) {
            buffers.append(Integer.toHexString(buffer.offset())).append(' ');
        }
        return "%04x %s %d %x %x %d %x %d %d %d %s%s"
                .formatted(
                        id,
                        platform.name(),
                        platform.graphicsVersion(),
                        platform.graphicsControl().offset(),
                        base == null ? 0 : base.offset(),
                        base == null ? 0 : base.bits(),
                        base == null ? 0 : base.mirror(),
                        platform.stolenInGuest() ? 1 : 0,
                        platform.bar0MiB(),
                        platform.pteBits(),
                        buffers,
                        Long.toUnsignedString(sum));
    }
}
