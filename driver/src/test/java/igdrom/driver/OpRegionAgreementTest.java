package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.OpRegionRule.Rvda;
import igdrom.formats.opregion.VbtExtent;
import igdrom.testing.Corpus;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The C driver and [OpRegionRule] have the same rule; this compares their answers.
class OpRegionAgreementTest {
    private static final Location LOCATION = Location.root("OpRegion");
    private static final int BRUISES = 4000;

    /// Reads files, each preceded by its length, and prints a line for each: what the guest sees,
    /// and the VBT in it.
    private static final String QUESTIONS =
            """
            #include <stdio.h>
            #include <stdlib.h>
            #include "crc32.h"
            #include "opregion.h"
            int main(int count, char **arguments) {
                    FILE *file = fopen(arguments[count - 1], "rb");
                    uint8_t length[4];
                    while (fread(length, 1, 4, file) == 4) {
                            size_t size = read_u32(length);
                            uint8_t *bytes = malloc(size + 1);
                            OpRegionPlan plan;
                            if (fread(bytes, 1, size, file) != size)
                                    return 1;
                            if (!opregion_plan(bytes, size, &plan)) {
                                    puts("refused");
                                    free(bytes);
                                    continue;
                            }
                            opregion_settle(bytes, &plan);
                            printf("%zx %08x%s%s, VBT %zx %zx\\n", plan.extent, crc32(0, bytes, plan.extent),
                                   plan.rewritten ? " rewritten" : "", plan.cleared ? " cleared" : "",
                                   plan.vbt_offset, plan.vbt_size);
                            free(bytes);
                    }
                    return 0;
            }
            """;

    @TempDir Path directory = Path.of("");

    @Test
    void driver_and_rule_agree_on_every_sample() throws Exception {
        Map<String, Image> files = OpRegionSamples.named();
        Map<String, String> expected = new LinkedHashMap<>();
        files.forEach((name, file) -> expected.put(name, line(file)));
        assertThat(answers(files)).isEqualTo(expected);
        assertThat(expected.values())
                .contains("refused")
                .anyMatch(line -> line.contains("cleared"));
    }

    @Test
    void driver_and_rule_agree_on_bruised_files() throws Exception {
        List<Image> whole = new ArrayList<>(OpRegionSamples.named().values());
        Random random = new Random(46);
        Map<String, Image> files = new LinkedHashMap<>();
        for (int i = 0; i < BRUISES; i++) {
            Image file = whole.get(random.nextInt(whole.size()));
            files.put("bruise " + i, OpRegionSamples.bruised(file, random));
        }
        Map<String, String> expected = new LinkedHashMap<>();
        files.forEach((name, file) -> expected.put(name, line(file)));
        assertThat(answers(files)).isEqualTo(expected);
    }

    @Test
    void every_real_vbt_is_accepted_unchanged() {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            Image vbt = Corpus.image(file);
            OpRegionRule rule = OpRegionRule.of(OpRegionSamples.around(vbt), LOCATION);
            assertThat(rule.problems()).as(file.toString()).isEmpty();
            assertThat(rule.vbtBytes()).isEqualTo(vbt.slice(0, vbt.u16(0x18)));
        }
    }

    private static String line(Image file) {
        try {
            OpRegionRule rule = OpRegionRule.of(file, LOCATION);
            VbtExtent vbt = rule.vbt();
            boolean cleared = rule.rvda() == Rvda.BEYOND || rule.rvda() == Rvda.WRONG;
            return "%x %08x%s%s, VBT %x %x"
                    .formatted(
                            rule.image().size(),
                            rule.image().crc32(),
                            rule.rvda() == Rvda.REWRITTEN ? " rewritten" : "",
                            cleared ? " cleared" : "",
                            vbt == null ? 0 : vbt.offset(),
                            vbt == null ? 0 : vbt.size());
        } catch (MalformedImageException _) {
            return "refused";
        }
    }

    private Map<String, String> answers(Map<String, Image> files) throws Exception {
        HostedC hosted = HostedC.in(directory);
        Path program = hosted.compile(List.of("opregion.c", "vbt.c", "crc32.c"), QUESTIONS);
        Path input = directory.resolve("files");
        try (OutputStream out = Files.newOutputStream(input)) {
            for (Image file : files.values()) {
                new Emitter().u32(file.size()).image(file).toImage().writeTo(out);
            }
        }
        List<String> lines = hosted.run(List.of(program.toString(), input.toString()));
        assertThat(lines).hasSameSizeAs(files.keySet());
        Map<String, String> answers = new LinkedHashMap<>();
        for (String name : files.keySet()) {
            answers.put(name, lines.get(answers.size()));
        }
        return answers;
    }
}
