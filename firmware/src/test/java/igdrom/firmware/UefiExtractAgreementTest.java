package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// UEFIExtract, an independent reader, reports files with the same GUIDs, sizes and offsets. It
/// reads less than igdrom does (no Brotli, no truncated images), so the test requires that igdrom's
/// tree contains every file that it reports, and not the converse.
class UefiExtractAgreementTest {
    private static final Pattern GUID =
            Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    @TempDir private Path directory;

    @TestFactory
    Stream<DynamicTest> every_file_that_uefiextract_reports_is_in_the_tree() {
        Assumptions.assumeTrue(isInstalled("UEFIExtract"), "UEFIExtract is not installed");
        List<Path> images = new ArrayList<>(Corpus.files("firmware", ".xz"));
        images.addAll(Corpus.files("synthetic", ".xz"));
        Path ovmf = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
        if (Files.exists(ovmf)) {
            images.add(ovmf);
        }
        return images.stream()
                .map(path ->
                        DynamicTest.dynamicTest(
                                path.getFileName().toString(), () -> compare(path)));
    }

    private void compare(Path path) throws IOException, InterruptedException {
        Image image = Corpus.image(path);
        List<String> theirs = theirFiles(image);
        List<String> ours = new ArrayList<>();
        Node tree = FirmwareReader.read(image, path.toString()).tree();
        files(tree, 0, ours);
        List<String> missing = new ArrayList<>(theirs);
        ours.forEach(missing::remove);
        assertThat(missing).isEmpty();
    }

    /// Lines `GUID size base`; as in UEFIExtract, the base is N/A in decompressed data.
    private static void files(Node node, long base, List<String> into) {
        long at = base < 0 || node.type() == Node.Type.DECOMPRESSED ? -1 : base + node.offset();
        if (node.type() == Node.Type.FFS_FILE) {
            into.add(
                    "%s %08X %s"
                            .formatted(
                                    node.label().substring(0, 36),
                                    node.size(),
                                    at < 0 ? "N/A" : "%08X".formatted(at)));
        }
        for (Node child : node.children()) {
            files(child, at, into);
        }
    }

    private List<String> theirFiles(Image image) throws IOException, InterruptedException {
        Path copy = Files.write(directory.resolve("image.bin"), image.toByteArray());
        Process process =
                new ProcessBuilder("UEFIExtract", copy.toString(), "report")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        process.waitFor();
        List<String> files = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("image.bin.report.txt"))) {
            String[] columns = line.split("\\|", -1);
            if (columns[0].strip().equals("File")) {
                Matcher guid = GUID.matcher(columns[5]);
                // Padding and the volume top file are reported without a GUID.
                if (guid.find()) {
                    files.add(guid.group() + " " + columns[3].strip() + " " + columns[2].strip());
                }
            }
        }
        Files.delete(directory.resolve("image.bin.report.txt"));
        return files;
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
