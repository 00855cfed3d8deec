package igdrom.virtualigd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Memory;
import igdrom.linux.Descriptor;
import igdrom.linux.Mapping;
import igdrom.linux.Memfd;
import igdrom.vfiouser.server.Connection;
import igdrom.vfiouser.server.Server;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A real QEMU with real OVMF and our devices.
///
/// Both come from `igdrom test --setup`. The system property `igdrom.qemu` names another directory
/// with the files of Debian's QEMU 10.1 or newer; `igdrom.ovmf` names the directory of
/// `OVMF_CODE_4M.fd` and its variables, if that is not `usr/share/OVMF` below the first. Without
/// QEMU, tests that need it are skipped.
final class QemuMachine implements Closeable {
    private static final long APERTURE = 256L << 20;
    private static final int SECONDS = 900;

    private final Path directory;
    private final List<String> command = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private final Path root;
    private @Nullable Process qemu;

    QemuMachine(Path directory, String type) throws IOException {
        this.directory = directory;
        String property = System.getProperty("igdrom.qemu");
        root = property == null ? fetched("qemu") : Path.of(property);
        Path firmware = firmware(property == null ? fetched("ovmf") : root);
        assumeTrue(
                Files.isDirectory(root) && Files.isDirectory(firmware),
                "no QEMU with OVMF: igdrom test --setup");
        Path variables = directory.resolve("variables.fd");
        Files.copy(firmware.resolve("OVMF_VARS_4M.fd"), variables);
        Path libraries = root.resolve("usr/lib/x86_64-linux-gnu");
        add(libraries.resolve("ld-linux-x86-64.so.2").toString());
        add("--library-path", libraries.toString());
        add(root.resolve("usr/bin/qemu-system-x86_64").toString());
        add("-L", root.resolve("usr/share/qemu").toString());
        add("-L", root.resolve("usr/share/seabios").toString());
        add("-machine", type, "-m", "512", "-display", "none", "-nodefaults", "-vga", "none");
        add("-drive", "if=pflash,format=raw,readonly=on,file=" + firmware + "/OVMF_CODE_4M.fd");
        add("-drive", "if=pflash,format=raw,file=" + variables);
        add("-debugcon", "file:" + log(), "-global", "isa-debugcon.iobase=0x402");
    }

    private static Path firmware(Path root) {
        String property = System.getProperty("igdrom.ovmf");
        return property == null ? root.resolve("usr/share/OVMF") : Path.of(property);
    }

    private static Path fetched(String part) {
        String data = System.getenv("XDG_DATA_HOME");
        Path home =
                data == null || data.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".local", "share")
                        : Path.of(data);
        return home.resolve("igdrom").resolve(part);
    }

    Path log() {
        return directory.resolve("debug.log");
    }

    QemuMachine add(String... arguments) {
        command.addAll(List.of(arguments));
        return this;
    }

    /// Makes guest memory accessible to the server without messages.
    QemuMachine sharedMemory() {
        add("-object", "memory-backend-memfd,id=ram,size=512M,share=on");
        return add("-machine", "memory-backend=ram");
    }

    /// Adds an IGD at 00:02.0.
    Igd igd(IgdModel model, @Nullable Path rom) throws IOException {
        Descriptor file = Memfd.create("aperture", APERTURE);
        open.add(file::close);
        Mapping mapping = Mapping.of(file, 0, APERTURE, true);
        open.add(mapping::close);
        VirtualIgd device = new VirtualIgd(model, mapping.memory());
        Path socket = directory.resolve("igd");
        Server server = Server.listen(socket, device, Map.of(2, file));
        open.add(server::close);
        String romFile = rom == null ? "\"rombar\":0" : "\"romfile\":\"" + rom + "\"";
        device("02.0", romFile, socket);
        return new Igd(device, server, mapping.memory());
    }

    record Igd(VirtualIgd device, Server server, Memory aperture) {
        Connection guest() {
            return server.connection().orElseThrow();
        }
    }

    LpcBridge lpc(LpcBridge bridge) throws IOException {
        Path socket = directory.resolve("lpc");
        open.add(Server.listen(socket, bridge, Map.of())::close);
        device("1f.0", "\"rombar\":0", socket);
        return bridge;
    }

    private void device(String address, String rom, Path socket) {
        add(
                "-device",
                "{\"driver\":\"vfio-user-pci\",\"addr\":\""
                        + address
                        + "\","
                        + rom
                        + ",\"socket\":{\"type\":\"unix\",\"path\":\""
                        + socket
                        + "\"}}");
    }

    void start() throws IOException {
        qemu =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("qemu.log").toFile())
                        .start();
    }

    /// Kills QEMU, as a crash would end it.
    void kill() {
        if (qemu != null) {
            qemu.destroyForcibly().onExit().join();
        }
    }

    /// Sends a command to the monitor of QEMU and waits for its reply.
    ///
    /// @param expected a part of the reply
    void monitor(String line, String expected) throws IOException, InterruptedException {
        monitor(line, expected, 1);
    }

    /// Sends a command to the monitor of QEMU and waits until a text was printed so many times.
    void monitor(String line, String expected, int times) throws IOException, InterruptedException {
        Process running = Objects.requireNonNull(qemu);
        running.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        running.getOutputStream().flush();
        if (!await(() -> output().split(Pattern.quote(expected), -1).length > times)) {
            throw new AssertionError(output());
        }
    }

    /// Waits until a condition holds, while QEMU runs. False when QEMU ends or time runs out.
    boolean await(BooleanSupplier condition) throws InterruptedException {
        for (int tries = 0; tries < SECONDS * 20; tries++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (qemu == null || !qemu.isAlive()) {
                return false;
            }
            Thread.sleep(50);
        }
        return false;
    }

    /// The output of QEMU.
    String output() {
        return text(directory.resolve("qemu.log"));
    }

    /// The output of drivers on the debug port.
    String debug() {
        return text(log());
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        for (Closeable resource : open.reversed()) {
            resource.close();
        }
    }
}
