package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The reader finds exactly the artifacts that the corpus' tables list.
class TruthTest {
    /// The corpus' table has the sum of a file that ends with 40 bytes of a user interface section;
    /// sums here cover the program alone.
    private static final String SNB_WITH_TRAILING_SECTION =
            "8d075ea3e33d0dd3a92ebbb91d3b07a1b78049a98f9acfcf57048b305b3580a8";

    private static final String SNB =
            "d6e567b0b1bcf0448889f7efb3784132a0c0bd8202e506caf417f0860dc60c1f";

    private static final Pattern SHA = Pattern.compile("\\b([0-9a-f]{16})@");

    private static Contents read(String directory, String name) {
        return FirmwareReader.read(Corpus.image(directory + "/" + name + ".xz"), name);
    }

    /// Like [#read], with the filter for GOPs.
    private static Contents readGops(String directory, String name) {
        Image image = Corpus.image(directory + "/" + name + ".xz");
        return FirmwareReader.read(image, name, ArtifactFilter.GOPS);
    }

    private static Set<String> gops(Contents contents) {
        Set<String> sums = new TreeSet<>();
        contents.gops().forEach(gop -> sums.add(gop.bytes().sha256()));
        return sums;
    }

    private static List<String[]> table(String name) throws IOException {
        List<Path> found =
                Corpus.files(
                        name.substring(0, name.indexOf('/')),
                        name.substring(name.indexOf('/') + 1));
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(found.getFirst())) {
            rows.add(line.split("\t", -1));
        }
        return rows.subList(1, rows.size());
    }

    @TestFactory
    List<DynamicTest> real_image_contains_exactly_its_gops_vbts_and_vga_bioses()
            throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String[] row : table("firmware/truth.tsv")) {
            tests.add(
                    DynamicTest.dynamicTest(
                            row[0],
                            () -> {
                                Contents contents = read("firmware", row[0]);
                                Set<String> expected = new TreeSet<>();
                                for (String sum : row[2].split(";", -1)) {
                                    if (!sum.isBlank()) {
                                        expected.add(sum);
                                    }
                                }
                                assertThat(gops(contents)).isEqualTo(expected);
                                assertThat(gops(readGops("firmware", row[0]))).isEqualTo(expected);
                                Set<String> vbts = new TreeSet<>();
                                contents.vbts().forEach(vbt -> vbts.add(sha16(vbt.bytes())));
                                assertThat(vbts).isEqualTo(sums(row[6]));
                                Set<String> vgaBioses = new TreeSet<>();
                                contents.vgaBioses()
                                        .forEach(rom -> vgaBioses.add(sha16(rom.bytes())));
                                assertThat(vgaBioses).isEqualTo(sums(row[7]));
                            }));
        }
        return tests;
    }

    private static String sha16(Image bytes) {
        return bytes.sha256().substring(0, 16);
    }

    private static Set<String> sums(String column) {
        Set<String> sums = new TreeSet<>();
        Matcher matcher = SHA.matcher(column);
        while (matcher.find()) {
            sums.add(matcher.group(1));
        }
        return sums;
    }

    @TestFactory
    List<DynamicTest> synthetic_image_contains_exactly_its_gops() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String[] row : table("synthetic/index.tsv")) {
            tests.add(
                    DynamicTest.dynamicTest(
                            row[0],
                            () -> {
                                Set<String> expected = new TreeSet<>();
                                for (String sum :
                                        row[3].replace(SNB_WITH_TRAILING_SECTION, SNB)
                                                .split(",", -1)) {
                                    if (!sum.isBlank()) {
                                        expected.add(sum);
                                    }
                                }
                                assertThat(gops(read("synthetic", row[0]))).isEqualTo(expected);
                                assertThat(gops(readGops("synthetic", row[0]))).isEqualTo(expected);
                            }));
        }
        return tests;
    }

    @Test
    void damage_in_images_is_reported() {
        assertThat(problems(read("synthetic", "syn_truncated.fd")))
                .anyMatch(
                        problem -> problem.matches(".*FvLength is 0x.*, only 0x.* bytes are left"));
        assertThat(problems(read("synthetic", "syn_bad_fv_checksum.fd")))
                .anyMatch(problem -> problem.contains("Checksum is"));
        assertThat(problems(read("synthetic", "syn_corrupt_lzma.fd")))
                .anyMatch(problem -> problem.contains("LZMA"));
    }

    @Test
    void gop_in_two_equal_dumps_is_one_artifact_with_two_locations() {
        Contents contents = read("synthetic", "syn_dual_bios_16m.bin");
        assertThat(contents.gops()).hasSize(1);
        assertThat(contents.gops().getFirst().origin().copies()).hasSize(1);
    }

    private static List<String> problems(Contents contents) {
        return contents.diagnostics().stream().map(Diagnostic::toString).toList();
    }
}
