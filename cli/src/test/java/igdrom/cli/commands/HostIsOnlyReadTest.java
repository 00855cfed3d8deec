package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import igdrom.bytes.Image;
import igdrom.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `doctor` and `snapshot` change nothing on a host and open no device. The JDK's flight recorder
/// lists each file that the command reads or writes, however it does that.
class HostIsOnlyReadTest {
    private static final String IGD = "sys/bus/pci/devices/0000:00:02.0/";

    /// What must never be opened: a node of vfio takes the device from its driver, a node of DRM
    /// can become the master of the display, a resource is the device's own memory, and reading the
    /// ROM makes the device decode it.
    private static final List<String> DEVICES =
            List.of(
                    "dev/vfio/vfio",
                    "dev/vfio/0",
                    "dev/vfio/devices/vfio0",
                    "dev/dri/card0",
                    "dev/dri/renderD128",
                    "dev/fb0",
                    "dev/kmsg",
                    "dev/kvm",
                    "dev/mtd0",
                    IGD + "rom",
                    IGD + "reset",
                    IGD + "resource0",
                    IGD + "resource2",
                    "proc/812/fd/5");

    private static final Pattern EVENT =
            Pattern.compile(
                    "jdk\\.File(Read|Write|Force) \\{.*?path = \"([^\"]*)\"", Pattern.DOTALL);

    @TempDir private Path root;
    @TempDir private Path output;

    @BeforeEach
    void make_a_host_whose_driver_is_in_use() throws IOException {
        MadeTree.make(root, "made-cfl", "made-cfl-pve9");
        Files.createDirectories(root.resolve("proc/1/fd"));
        Files.createDirectories(root.resolve("proc/812"));
        Files.writeString(root.resolve("proc/812/comm"), "Xorg\n");
        Files.createDirectories(root.resolve(IGD + "drm/card0"));
        Files.createDirectories(root.resolve(IGD + "drm/renderD128"));
        Files.createDirectories(root.resolve(IGD + "graphics/fb0"));
    }

    @Test
    void no_file_of_the_host_is_written_and_no_device_is_read() throws Exception {
        for (String device : DEVICES) {
            Path file = root.resolve(device);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "/dev/dri/card0");
        }
        Map<String, String> before = state();
        List<String> events = new ArrayList<>();
        events.addAll(recorded("doctor", "--root=" + root));
        events.addAll(
                recorded(
                        "snapshot",
                        "--root=" + root,
                        "--output=" + output.resolve("host.json"),
                        "--tree=" + output.resolve("tree")));
        List<String> ofHost =
                events.stream().filter(event -> event.contains(" " + root + "/")).toList();
        // The recorder sees what is read, so it would see what is written.
        assertThat(ofHost)
                .contains(
                        "Read " + root.resolve(IGD + "config"),
                        "Read " + root.resolve("proc/iomem"));
        assertThat(events).anyMatch(event -> event.startsWith("Write " + output + "/"));
        assertThat(ofHost).allMatch(event -> event.startsWith("Read "));
        // Where a copy has a link as a file, that file is read instead of the link.
        List<String> devices = DEVICES.stream().filter(name -> !name.startsWith("proc/")).toList();
        for (String device : devices) {
            assertThat(ofHost).doesNotContain("Read " + root.resolve(device));
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void device_that_would_block_its_reader_holds_nothing_up() throws Exception {
        for (String device : DEVICES) {
            Path file = root.resolve(device);
            Files.createDirectories(file.resolveSibling("."));
            Files.deleteIfExists(file);
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        }
        String doctor =
                assertTimeoutPreemptively(
                        Duration.ofMinutes(2), () -> Session.of("doctor", "--root=" + root).out());
        assertThat(doctor).contains("✓ device", "yes: this host can hand its IGD to a guest");
    }

    /// The files that a command of its own process reads and writes: `Read /proc/iomem`.
    private List<String> recorded(String... arguments) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin");
        Path settings = output.resolve("settings.jfc");
        Path recording = output.resolve("recording.jfr");
        StringBuilder events = new StringBuilder();
        for (String name : List.of("FileRead", "FileWrite", "FileForce")) {
            events.append("<event name=\"jdk." + name + "\">")
                    .append("<setting name=\"enabled\">true</setting>")
                    .append("<setting name=\"threshold\">0 ns</setting>")
                    .append("<setting name=\"throttle\">off</setting></event>");
        }
        Files.writeString(
                settings,
                "<?xml version=\"1.0\"?><configuration version=\"2.0\">"
                        + events
                        + "</configuration>");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                java.resolve("java").toString(),
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:StartFlightRecording:filename="
                                        + recording
                                        + ",settings="
                                        + settings,
                                "-Xlog:jfr*=off",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "igdrom.cli.Main"));
        command.addAll(List.of(arguments));
        assertThat(printed(command)).doesNotContain("igdrom: ");
        String print =
                printed(List.of(java.resolve("jfr").toString(), "print", recording.toString()));
        List<String> found = new ArrayList<>();
        Matcher matcher = EVENT.matcher(print);
        while (matcher.find()) {
            found.add(matcher.group(1) + " " + matcher.group(2));
        }
        return found;
    }

    private String printed(List<String> command) throws IOException, InterruptedException {
        Path text = output.resolve("printed");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(text.toFile())
                        .start();
        int code = process.waitFor();
        String printed = Files.readString(text);
        assertThat(code).as(printed).isLessThanOrEqualTo(1);
        return printed;
    }

    /// Name, size, time, link or contents of each file below the host.
    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : new TreeSet<>(all.toList())) {
                BasicFileAttributes attributes =
                        Files.readAttributes(
                                file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                String content =
                        attributes.isSymbolicLink()
                                ? Files.readSymbolicLink(file).toString()
                                : attributes.isRegularFile()
                                        ? Image.of(Files.readAllBytes(file)).sha256()
                                        : "";
                state.put(
                        root.relativize(file).toString(),
                        attributes.lastModifiedTime() + " " + content);
            }
        }
        return state;
    }
}
