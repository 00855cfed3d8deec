package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The monitor, with a program that answers as QEMU does.
class QemuMonitorTest {
    private static final Image MEMORY = Image.ofHex("00112233");

    /// What the monitor was asked.
    private final List<String> asked = new ArrayList<>();

    /// Answers `answer` to each command with an id, after an event.
    private void answer(Scratch scratch, String answer, Image written) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(scratch.file("monitor")));
        scratch.own(channel);
        OutputStream out = Channels.newOutputStream(channel);
        out.write("{\"QMP\": {\"version\": {}}}\r\n".getBytes(StandardCharsets.UTF_8));
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Channels.newInputStream(channel), StandardCharsets.UTF_8));
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        for (String line = in.readLine(); line != null; line = in.readLine()) {
                            reply(scratch, out, line, answer, written);
                        }
                    } catch (IOException _) {
                        // The test has ended.
                    }
                });
    }

    private void reply(Scratch scratch, OutputStream out, String line, String answer, Image written)
            throws IOException {
        synchronized (asked) {
            asked.add(line);
        }
        if (line.contains("qmp_capabilities")) {
            out.write("{\"return\": {}}\r\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        Files.write(scratch.file("memory"), written.toByteArray());
        String id = line.substring(line.indexOf("igdrom-"), line.indexOf("\",\"arguments"));
        out.write(
                ("{\"event\": \"RESUME\"}\r\n{\"id\": \"igdrom-99\", \"error\": {}}\r\n"
                                + answer.formatted(id)
                                + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Image> read(String answer, Image written) throws Exception {
        try (Scratch scratch = Scratch.create()) {
            QemuMonitor monitor = scratch.own(QemuMonitor.listen(scratch, "monitor"));
            answer(scratch, answer, written);
            while (!isReady()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            return monitor.read(0x8000_0000L, 4);
        }
    }

    private boolean isReady() {
        synchronized (asked) {
            return !asked.isEmpty();
        }
    }

    @Test
    void memory_is_what_qemu_writes_into_the_file() throws Exception {
        assertThat(read("{\"return\": {}, \"id\": \"%s\"}", MEMORY)).contains(MEMORY);
        assertThat(asked)
                .containsExactly(
                        "{\"execute\":\"qmp_capabilities\"}",
                        "{\"execute\":\"pmemsave\",\"id\":\"igdrom-1\",\"arguments\":"
                                + "{\"val\":2147483648,\"size\":4,\"filename\":\"memory\"}}");
    }

    @Test
    void error_of_qemu_is_no_memory() throws Exception {
        assertThat(read("{\"id\": \"%s\", \"error\": {\"desc\": \"no return\"}}", MEMORY))
                .isEmpty();
    }

    @Test
    void file_of_another_size_is_no_memory() throws Exception {
        assertThat(read("{\"return\": {}, \"id\": \"%s\"}", Image.ofHex("00"))).isEmpty();
    }

    @Test
    void nothing_is_read_before_qemu_has_connected() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            QemuMonitor monitor = scratch.own(QemuMonitor.listen(scratch, "monitor"));
            assertThat(monitor.read(0, 4)).isEmpty();
        }
    }
}
