package igdrom.rom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.opregion.OpRegionRule;
import igdrom.formats.opregion.OpRegionRule.Rvda;
import igdrom.formats.opregion.VbtExtent;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which OpRegions and VBTs the driver takes, and what it makes of them, is decided in C in the
/// guest and in Java before: here both are asked.
class GuestOpRegionAgreementTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("basedir", ".")).resolve("../driver/src/main/c");
    private static final Location PLACE = Location.root("OpRegion");
    private static final int RVDA = 0x3ba;
    private static final int BRUISES = 4000;

    /// Reads a file of files, each with its length before it, and prints a line for each: what the
    /// guest sees, and the VBT in it.
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
                            size_t size = read_u32(length), offset = 0, vbt = 0;
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
                            if (!opregion_locate_vbt(bytes, plan.extent, &offset, &vbt))
                                    offset = vbt = 0;
                            printf("%zx %08x%s%s, VBT %zx %zx\\n", plan.extent, crc32(0, bytes, plan.extent),
                                   plan.rewritten ? " rewritten" : "", plan.cleared ? " cleared" : "", offset, vbt);
                            free(bytes);
                    }
                    return 0;
            }
            """;

    @TempDir Path folder = Path.of("");

    @Test
    void driver_and_build_agree_on_what_is_given_to_a_guest() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/gcc")), "no gcc");
        Map<String, Image> files = named();
        Map<String, String> expected = new LinkedHashMap<>();
        files.forEach((name, file) -> expected.put(name, line(file)));
        assertThat(answers(files)).isEqualTo(expected);
        assertThat(expected.values())
                .contains("refused")
                .anyMatch(line -> line.contains("cleared"));
    }

    @Test
    void driver_and_build_agree_on_bruised_ones() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/gcc")), "no gcc");
        List<Image> whole = new ArrayList<>(named().values());
        Random random = new Random(46);
        Map<String, Image> files = new LinkedHashMap<>();
        for (int i = 0; i < BRUISES; i++) {
            files.put("bruise " + i, bruised(whole.get(random.nextInt(whole.size())), random));
        }
        Map<String, String> expected = new LinkedHashMap<>();
        files.forEach((name, file) -> expected.put(name, line(file)));
        assertThat(answers(files)).isEqualTo(expected);
    }

    @Test
    void every_real_vbt_is_taken_as_it_is() {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            Image vbt = Corpus.image(file);
            OpRegionRule guest = OpRegionRule.of(around(vbt), PLACE);
            assertThat(guest.problems()).as(file.toString()).isEmpty();
            assertThat(guest.vbtBytes()).isEqualTo(vbt.slice(0, vbt.u16(0x18)));
        }
    }

    private static String line(Image file) {
        try {
            OpRegionRule guest = OpRegionRule.of(file, PLACE);
            VbtExtent vbt = guest.vbt();
            boolean cleared = guest.rvda() == Rvda.BEYOND || guest.rvda() == Rvda.WRONG;
            return "%x %08x%s%s, VBT %x %x"
                    .formatted(
                            guest.image().size(),
                            guest.image().crc32(),
                            guest.rvda() == Rvda.REWRITTEN ? " rewritten" : "",
                            cleared ? " cleared" : "",
                            vbt == null ? 0 : vbt.offset(),
                            vbt == null ? 0 : vbt.size());
        } catch (MalformedImageException _) {
            return "refused";
        }
    }

    /// What a tester found, and all that is real.
    private static Map<String, Image> named() {
        Image vbt = Corpus.image("vbt/hardkernel-odroid-h4.vbt");
        long size = vbt.size();
        Image small = Corpus.image("host/opregion-msi-skl.bin").slice(0x400, 0x1800);
        Image sized = patched(vbt, 0x18, "ffff");
        Map<String, Image> files = new LinkedHashMap<>();
        files.put("VBT cut to 4000 bytes", around(vbt.slice(0, 4000)));
        files.put("VBT size ffff", around(sized));
        files.put("VBT size ffff behind", with(0x0201, 0x2000, size, sized));
        files.put("VBT size 0", around(patched(vbt, 0x18, "0000")));
        files.put("2.0 and a cut VBT", with(0x0200, 0x7abc_1000L, size, vbt.slice(0, 4000)));
        files.put(
                "2.0 and a cut VBT of RVDS", with(0x0200, 0x7abc_1000L, 4000, vbt.slice(0, 4000)));
        files.put("2.0 and the VBT", with(0x0200, 0x7abc_1000L, size, vbt));
        files.put("2.0 and RVDS 0", with(0x0200, 0x7abc_1000L, 0, vbt));
        files.put("2.0 and a large RVDS", with(0x0200, 0x7abc_1000L, 0x10_0000, vbt));
        files.put("2.0 alone", with(0x0200, 0x7abc_1000L, size, Image.EMPTY));
        files.put("2.1 and the VBT", with(0x0201, 0x2000, size, vbt));
        files.put("3.2 and a short RVDS", with(0x0302, 0x2000, 0x1e00, vbt));
        files.put("3.2 and the VBT", with(0x0302, 0x2000, size, vbt));
        files.put("1.0 and a VBT behind", with(0x0100, 0x2000, size, vbt));
        files.put("RVDA far", with(0x0201, 0x2000_0000, size, vbt));
        files.put("RVDA overflows", with(0x0201, 0xffff_ffff_ffff_f000L, 0x2000, vbt));
        files.put("RVDA negative", with(0x0201, Long.MIN_VALUE, 0x2000, vbt));
        files.put("RVDS large", with(0x0201, 0x2000, 0xffff_ffffL, vbt));
        files.put("RVDA inside", with(0x0201, 0x400, 0x1800, small));
        Image good = around(small);
        files.put("good", good);
        for (String kib : List.of("09000000", "00000000", "ffffffff", "08010000")) {
            files.put("Size " + kib, patched(good, 0x10, kib));
        }
        for (String version : List.of("0000", "0100", "0001", "0004", "ffff")) {
            files.put("OVER " + version, patched(good, 0x16, version));
        }
        files.put("cut", good.slice(0, 0x1fff));
        files.put("mailbox 5 used", patched(around(vbt.slice(0, 0x1b00)), 0x58, "1d000000"));
        files.put("256 KiB", new Emitter().image(good).fillTo(0x40000, 0).toImage());
        files.put("more", new Emitter().image(good).fillTo(0x40001, 0).toImage());
        for (Path file : Corpus.files("vbt", ".vbt")) {
            files.put(file.toString(), around(Corpus.image(file)));
        }
        for (Path file : Corpus.files("host", ".bin")) {
            files.put(file.toString(), Corpus.image(file));
        }
        return files;
    }

    /// One to three fields that decide, set to something.
    private static Image bruised(Image whole, Random random) {
        long[] fields = {0, 0x10, 0x16, 0x58, RVDA, 0x3c2, 0x400, 0x418, 0x41c, 0x430, 0x444};
        long[] more = {0x2000, 0x2018, 0x201c, 0x2030, 0x2044, random.nextLong(whole.size())};
        long[] values = {0, 1, 8, 0x20, 0x30, 0x1800, 0x1e00, 0x2000, 0x2203, 0xffff, -1, 1L << 63};
        Emitter out = new Emitter().image(whole);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int field = random.nextInt(fields.length + more.length);
            long at = field < fields.length ? fields[field] : more[field - fields.length];
            long value = values[random.nextInt(values.length)] + random.nextInt(3) - 1;
            Image bytes = new Emitter().u64(value).toImage().slice(0, 1L << random.nextInt(4));
            if (at + bytes.size() <= whole.size()) {
                out.patch(at, bytes);
            }
        }
        Image bruised = out.toImage();
        return random.nextInt(8) == 0
                ? bruised.slice(0, random.nextLong(bruised.size() + 1))
                : bruised;
    }

    private static Image around(Image vbt) {
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt).write(out);
        return out.toImage();
    }

    /// An OpRegion with nothing in mailbox 4, and `behind` behind it.
    private static Image with(int version, long rvda, long rvds, Image behind) {
        Emitter out = new Emitter().ascii("IntelGraphicsMem").u32(8).u16(0).u16(version);
        out.fillTo(0x58, 0).u32(0x1f).fillTo(RVDA, 0).u64(rvda).u32(rvds);
        return out.fillTo(0x2000, 0).image(behind).toImage();
    }

    private static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }

    private Map<String, String> answers(Map<String, Image> files) throws Exception {
        Path main = Files.writeString(folder.resolve("main.c"), QUESTIONS);
        Path program = folder.resolve("program");
        List<String> command = new ArrayList<>(List.of("gcc", "-std=c17", "-O1", "-I" + SOURCES));
        for (String source : List.of("opregion.c", "vbt.c", "crc32.c")) {
            command.add(SOURCES.resolve(source).toString());
        }
        command.addAll(List.of(main.toString(), "-o", program.toString()));
        run(command);
        Path input = folder.resolve("files");
        try (OutputStream out = Files.newOutputStream(input)) {
            for (Image file : files.values()) {
                new Emitter().u32(file.size()).image(file).toImage().writeTo(out);
            }
        }
        List<String> lines = run(List.of(program.toString(), input.toString()));
        assertThat(lines).hasSameSizeAs(files.keySet());
        Map<String, String> answers = new LinkedHashMap<>();
        for (String name : files.keySet()) {
            answers.put(name, lines.get(answers.size()));
        }
        return answers;
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
