package igdrom.host.text;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.host.Fact;
import igdrom.host.Snapshot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Absurd files cost little time and memory, and never more than a fact that is unknown.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileTextsTest {
    @TempDir Path directory;

    @Test
    void file_of_100_mib_is_not_read() throws IOException {
        Path file = directory.resolve("dmesg.txt");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(100 << 20);
        }
        assertThat(TextFile.in(file))
                .containsExactly(
                        new TextFile(
                                "dmesg.txt",
                                new Fact.Unknown<>(
                                        "dmesg.txt",
                                        "has 104857600 bytes, more than the 16777216 that any such"
                                                + " text needs")));
    }

    @Test
    void fifo_and_missing_files_are_said_not_waited_for() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        Files.createDirectory(directory.resolve("directory"));
        Files.writeString(directory.resolve("empty"), "");
        HostTexts texts = HostTexts.read(TextFile.in(directory), NoJson.FORMAT, "a test");
        assertThat(texts.files())
                .extracting(HostTexts.Recognised::name)
                .containsExactly("empty", "fifo", "loop");
        assertThat(texts.files().get(0).problem()).isEqualTo("holds no facts about a host");
        assertThat(texts.files().get(1).problem()).isEqualTo("is not a regular file");
        assertThat(texts.files().get(2).problem()).isNotEmpty();
        assertThat(TextFile.in(directory.resolve("missing")).getFirst().contents())
                .isEqualTo(new Fact.Unknown<>("missing", "no such file"));
    }

    @Test
    void files_of_a_directory_have_a_limit_together() throws IOException {
        byte[] most = new byte[TextFile.MAX_SIZE];
        for (int i = 0; i < 5; i++) {
            Files.write(directory.resolve("file" + i), most);
        }
        assertThat(TextFile.in(directory).getLast().contents())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "file4", "the files before it are as large as can be read"));
    }

    @Test
    void noise_holds_no_facts() {
        byte[] noise = new byte[4 << 20];
        new Random(1).nextBytes(noise);
        assertThat(Pasted.texts(Image.of(noise)).files().getFirst().kinds()).isEmpty();
        byte[] letters = new byte[4 << 20];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) ((noise[i] & 0x3f) | 0x20);
        }
        assertThat(Pasted.texts(Image.of(letters)).files().getFirst().kinds()).isEmpty();
    }

    @Test
    void long_lines_are_cut() {
        for (String part : List.of("a", "0", "[", " ", "00 ", "a-", "=", "::", "\u00a0", "D: ")) {
            for (String start :
                    List.of(
                            "",
                            "00:02.0 VGA compatible controller: ",
                            "DMAR: [DMA Read] Request device [00:02.0] ",
                            "[    0.1] pci 0000:00:02.0: ",
                            "E: MODALIAS=dmi:",
                            "DMI: ")) {
                String text = start + part.repeat((1 << 20) / part.length());
                assertThat(Pasted.texts(text).files()).hasSize(1);
            }
        }
        assertThat(Pasted.texts("[".repeat(10 << 20)).files()).hasSize(1);
    }

    @Test
    void thousands_of_devices_are_read_up_to_the_limit() {
        check(i ->
                "%02x:%02x.%x 0300: 8086:46d1\n".formatted((i >> 8) & 255, (i >> 3) & 31, i & 7));
        check(i ->
                "pci %04x:%02x:%02x.%x: [8086:46d1] type 00 class 0x030000\n"
                        .formatted(i >> 16, (i >> 8) & 255, (i >> 3) & 31, i & 7));
        check(i ->
                "none%d@pci%d:%d:%d:%d:\tclass=0x030000 rev=0x00 chip=0x46d18086\n"
                        .formatted(i, i >> 16, (i >> 8) & 255, (i >> 3) & 31, i & 7));
        check(i ->
                """
                P: /d
                E: SUBSYSTEM=pci
                E: PCI_CLASS=30000
                E: PCI_ID=8086:46D1
                E: PCI_SLOT_NAME=%04x:%02x:%02x.%x
                """
                        .formatted(i >> 16, (i >> 8) & 255, (i >> 3) & 31, i & 7));
    }

    private static void check(IntFunction<String> device) {
        int size = device.apply(0).length();
        String text =
                IntStream.range(0, Math.min(100_000, (4 << 20) / (size + 8)))
                        .mapToObj(device)
                        .collect(Collectors.joining());
        Snapshot host = Pasted.snapshot(text);
        assertThat(host.pci().all()).hasSize(FactSheet.MAX_FUNCTIONS);
    }

    @Test
    void lines_that_repeat_are_kept_a_few_times() {
        String fault =
                "[    9.0] DMAR: [DMA Read] Request device [00:02.0] fault addr 7c800000 [fault"
                        + " reason 06]\n";
        assertThat(
                        Pasted.snapshot(fault.repeat((4 << 20) / fault.length()))
                                .kernel()
                                .log()
                                .value()
                                .orElseThrow()
                                .size())
                .isEqualTo(24);
        assertThat(Pasted.texts("\n".repeat(15 << 20)).files().getFirst().kinds()).isEmpty();
        Image spaces = Image.of(" ".repeat(15 << 20).getBytes(StandardCharsets.UTF_8));
        assertThat(Pasted.texts(spaces).files().getFirst().kinds()).isEmpty();
    }
}
