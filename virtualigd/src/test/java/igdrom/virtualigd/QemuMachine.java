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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A real QEMU with real OVMF and our devices in it.
///
/// Both are those that `igdrom test --setup` fetched. The system property `igdrom.qemu` names
/// another folder with Debian's files of QEMU 10.1 or newer; `igdrom.ovmf` a folder with
/// `OVMF_CODE_4M.fd` and its variables, when they are not in `usr/share/OVMF` of the first. Without
/// them, tests that need a QEMU are skipped.
final class QemuMachine implements Closeable {
    private static final long APERTURE = 256L << 20;
    private static final int SECONDS = 120;

    private final Path folder;
    private final List<String> command = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private final Path root;
    private @Nullable Process qemu;

    QemuMachine(Path folder, String type) throws IOException {
        this.folder = folder;
        String property = System.getProperty("igdrom.qemu");
        root = property == null ? fetched("qemu") : Path.of(property);
        Path firmware = firmware(property == null ? fetched("ovmf") : root);
        assumeTrue(
                Files.isDirectory(root) && Files.isDirectory(firmware),
                "no QEMU with OVMF: igdrom test --setup");
        Path variables = folder.resolve("variables.fd");
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
        return folder.resolve("debug.log");
    }

    QemuMachine add(String... arguments) {
        command.addAll(List.of(arguments));
        return this;
    }

    /// Memory that the server reaches without messages.
    QemuMachine sharedMemory() {
        add("-object", "memory-backend-memfd,id=ram,size=512M,share=on");
        return add("-machine", "memory-backend=ram");
    }

    /// An IGD at 00:02.0.
    Igd igd(IgdModel model, @Nullable Path rom) throws IOException {
        Descriptor file = Memfd.create("aperture", APERTURE);
        open.add(file::close);
        Mapping mapping = Mapping.of(file, 0, APERTURE, true);
        open.add(mapping::close);
        VirtualIgd device = new VirtualIgd(model, mapping.memory());
        Path socket = folder.resolve("igd");
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
        Path socket = folder.resolve("lpc");
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
                        .redirectOutput(folder.resolve("qemu.log").toFile())
                        .start();
    }

    /// Ends QEMU as a crash would.
    void kill() {
        if (qemu != null) {
            qemu.destroyForcibly().onExit().join();
        }
    }

    /// Gives QEMU's monitor a command and waits until it has answered.
    ///
    /// @param wanted what comes in the answer
    void monitor(String line, String wanted) throws IOException, InterruptedException {
        Process running = java.util.Objects.requireNonNull(qemu);
        running.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        running.getOutputStream().flush();
        if (!await(() -> said().contains(wanted))) {
            throw new AssertionError(said());
        }
    }

    /// Waits until something is so, while QEMU runs.
    boolean await(BooleanSupplier wanted) throws InterruptedException {
        for (int tries = 0; tries < SECONDS * 20; tries++) {
            if (wanted.getAsBoolean()) {
                return true;
            }
            if (qemu == null || !qemu.isAlive()) {
                return false;
            }
            Thread.sleep(50);
        }
        return false;
    }

    /// What QEMU said.
    String said() {
        return text(folder.resolve("qemu.log"));
    }

    /// What drivers said on the debug port.
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
        for (Closeable one : open.reversed()) {
            one.close();
        }
    }
}
