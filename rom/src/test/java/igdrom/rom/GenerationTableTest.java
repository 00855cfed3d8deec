package igdrom.rom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The driver's table is made from the tables of module knowledge by a script: here both are asked.
class GenerationTableTest {
    private static final Path DRIVER =
            Path.of(System.getProperty("basedir", ".")).resolve("../driver");
    private static final Path TABLES =
            DRIVER.resolve("../knowledge/src/main/resources/igdrom/knowledge");

    /// Prints a line for every id that is known: its row, and every size of stolen memory.
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
                            printf("%04x %s %u %x %x %u %x %d %llu\\n", id, g->name, g->version, g->ggc,
                                   g->bdsm, g->bdsm_bits, (unsigned) g->bdsm_mirror, g->stolen_in_guest,
                                   id % 16 == 0 ? sum : 0);
                    }
                    return 0;
            }
            """;

    @TempDir Path folder = Path.of("");

    @Test
    void drivers_table_answers_like_knowledge_for_every_id() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/gcc")), "no gcc");
        Path program = compile();
        List<String> answers = run(List.of(program.toString()));
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
        return "%04x %s %d %x %x %d %x %d %s"
                .formatted(
                        id,
                        platform.name(),
                        platform.graphicsVersion(),
                        platform.graphicsControl().offset(),
                        base == null ? 0 : base.offset(),
                        base == null ? 0 : base.bits(),
                        base == null ? 0 : base.mirror(),
                        platform.stolenInGuest() ? 1 : 0,
                        Long.toUnsignedString(sum));
    }

    private Path compile() throws Exception {
        List<String> table =
                run(
                        List.of(
                                "awk",
                                "-f",
                                DRIVER.resolve("generations.awk").toString(),
                                TABLES.resolve("generations.tsv").toString(),
                                TABLES.resolve("devices.tsv").toString()));
        Files.write(folder.resolve("generations_table.h"), table);
        Path main = Files.writeString(folder.resolve("main.c"), QUESTIONS);
        Path program = folder.resolve("program");
        Path sources = DRIVER.resolve("src/main/c");
        run(
                List.of(
                        "gcc",
                        "-std=c17",
                        "-O1",
                        "-I" + folder,
                        "-I" + sources,
                        sources.resolve("generation.c").toString(),
                        main.toString(),
                        "-o",
                        program.toString()));
        return program;
    }

    private List<String> run(List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
        return Files.readAllLines(out);
    }
}
