package igdrom.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.host.Fact;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files whose contents are absurd are unknown facts, and never stop the reading.
class AbsurdFilesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long HUGE = 100L << 20;

    /// Files of which only the first bytes are read, whose size does not matter, or whose presence
    /// alone is a fact.
    private static final Pattern ANY_SIZE =
            Pattern.compile(
                    ".*/(?:config|edid|i915_vbt|i915_opregion|qemu-system-x86_64|dmesg.txt|vfio"
                            + "|control|uevent|status|proxmox-boot-uuids|OVMF_CODE.*|physfn"
                            + "|devices/0000.*|reserved_regions|driver_override|vfio.conf)");

    @TempDir Path root;

    /// Writes something absurd at a path, where nothing is.
    private interface Absurdity {
        void write(Path file) throws IOException;
    }

    @BeforeEach
    void write() throws IOException {
        new HostTree(root).everything();
    }

    @Test
    void empty_files_are_unknown() throws IOException {
        replaceEach(file -> Files.write(file, new byte[0]));
    }

    @Test
    void binary_files_are_unknown() throws IOException {
        byte[] binary = new byte[300];
        new Random(1).nextBytes(binary);
        binary[0] = 0;
        replaceEach(file -> Files.write(file, binary));
    }

    @Test
    void huge_files_are_unknown() throws IOException {
        replaceEach(file -> {
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                out.setLength(HUGE);
            }
        });
    }

    @Test
    void fifos_are_not_opened() throws IOException {
        replaceEach(file -> {
            try {
                assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                        .isZero();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
    }

    @Test
    void directories_and_loops_of_links_are_unknown() throws IOException {
        replaceEach(Files::createDirectory);
        replaceEach(file -> Files.createSymbolicLink(file, Path.of(file.getFileName().toString())));
    }

    @Test
    void files_that_stand_for_links_in_a_loop_are_unknown() throws IOException {
        Path units = root.resolve("sys/class/iommu");
        Files.move(units, root.resolve("old"));
        Files.writeString(units, "../class/iommu");
        assertThat(read().iommu().units())
                .isEqualTo(new Fact.Unknown<>("/sys/class/iommu", "too many levels of links"));
    }

    @Test
    void devices_are_not_opened() throws IOException {
        replaceEach(file -> Files.createSymbolicLink(file, Path.of("/dev/zero")));
    }

    @Test
    void links_do_not_lead_out_of_the_tree(@TempDir Path outside) throws IOException {
        Path secret = Files.writeString(outside.resolve("secret"), "0x1234\n");
        Path device = root.resolve("sys/bus/pci/devices/0000:00:02.0/device");
        Files.delete(device);
        Files.createSymbolicLink(device, secret);
        assertThat(read().igd().id())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "/sys/bus/pci/devices/0000:00:02.0/device", "no such file"));
        Files.delete(device);
        String up = "../".repeat(30);
        Files.createSymbolicLink(device, Path.of(up + secret.toString().substring(1)));
        assertThat(read().igd().id().value()).isEmpty();
    }

    @Test
    void directory_with_a_hundred_thousand_entries_is_unknown() throws IOException {
        Path full = root.resolve("full");
        Files.createDirectory(full);
        for (int i = 0; i < 100_000; i++) {
            Files.createFile(full.resolve("0000:00:02." + i));
        }
        for (String path :
                List.of("sys/kernel/iommu_groups", "sys/class/iommu", "sys/bus/pci/devices")) {
            Files.move(root.resolve(path), root.resolve("old-" + path.replace('/', '-')));
            Files.createSymbolicLink(root.resolve(path), Path.of("/full"));
            assertTimeoutPreemptively(LIMIT, this::read);
        }
        String reason = "more than 10000 entries";
        assertThat(read().iommu().groups())
                .isEqualTo(new Fact.Unknown<>("/sys/kernel/iommu_groups", reason));
        assertThat(read().iommu().units())
                .isEqualTo(new Fact.Unknown<>("/sys/class/iommu", reason));
        assertThat(read().pci().others())
                .isEqualTo(new Fact.Unknown<>("/sys/bus/pci/devices", reason));
    }

    @Test
    void forbidden_files_are_unknown_with_the_reason() throws IOException {
        Path file = root.resolve("sys/bus/pci/devices/0000:00:02.0/revision");
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "runs as root");
        assertThat(read().igd().revision())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "/sys/bus/pci/devices/0000:00:02.0/revision", "permission denied"));
    }

    @Test
    void damaged_files_never_stop_the_reading() throws IOException {
        Random random = new Random(16);
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int round = 0; round < 3; round++) {
                byte[] damaged = bytes.clone();
                for (int i = 0; i < 1 + round && damaged.length > 0; i++) {
                    damaged[random.nextInt(damaged.length)] =
                            (byte)
                                    (round % 2 == 0
                                            ? 0x20 + random.nextInt(0x60)
                                            : random.nextInt());
                }
                int size = round % 3 == 0 ? random.nextInt(damaged.length + 1) : damaged.length;
                Files.write(file, Arrays.copyOf(damaged, size));
                assertThatCode(this::read).as(file + ", round " + round).doesNotThrowAnyException();
            }
            Files.write(file, bytes);
        }
    }

    /// Replaces each file in turn. The facts that were read from it have to become unknown, and
    /// everything else has to stay.
    private void replaceEach(Absurdity absurdity) throws IOException {
        String before = text();
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            absurdity.write(file);
            String after = assertTimeoutPreemptively(LIMIT, this::text);
            String path = "/" + root.relativize(file);
            if (!ANY_SIZE.matcher(path).matches() && before.contains("source=" + path + "]")) {
                assertThat(knownFrom(path, after)).as(path).isEmpty();
            }
            Files.delete(file);
            Files.write(file, bytes);
        }
        assertThat(text()).isEqualTo(before);
    }

    /// The facts with that source that are known. That nothing is there can be one.
    private static List<String> knownFrom(String path, String snapshot) {
        Matcher matcher =
                Pattern.compile(
                                "Known\\[known=(?!Optional.empty)([^\\[\\]]*), source="
                                        + Pattern.quote(path)
                                        + "]")
                        .matcher(snapshot);
        List<String> known = new ArrayList<>();
        while (matcher.find()) {
            known.add(matcher.group());
        }
        return known;
    }

    private String text() {
        Snapshot snapshot = read();
        assertThatCode(() -> SnapshotJson.write(snapshot)).doesNotThrowAnyException();
        return snapshot.toString();
    }

    private Snapshot read() {
        return new HostReader(HostRoot.of(root)).read("a test");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
