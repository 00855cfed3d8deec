import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.formats.pci.PciId;
import igdrom.linux.Descriptor;
import igdrom.linux.Mapping;
import igdrom.linux.Memfd;
import igdrom.linux.UnixSocket;
import igdrom.vfiouser.server.Server;
import igdrom.vfiouser.wire.Header;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.RegionWriteMulti;
import igdrom.vfiouser.wire.Request;
import igdrom.vfiouser.wire.Version;
import igdrom.virtualigd.IgdModel;
import igdrom.virtualigd.VirtualIgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Times the accesses that a guest waits for: a synchronous access, and an entry of a posted write_multiple.
///
///     java --enable-native-access=ALL-UNNAMED -cp cli/target/igdrom.jar bench/WireTimes.java [--peer PATH]
///
/// The virtual IGD is served in this process. A peer is a sample server of libvfio-user, whose argument is the socket.
/// Its config space, which every server has, is read in alternation with ours, batch by batch. All figures are medians.
public final class WireTimes {
    private static final int BATCHES = 21;
    private static final int ACCESSES = 2000;
    private static final int MESSAGES = 100;
    private static final int ENTRIES = 200;
    private static final int CONFIG = 7;
    private static final Request CONFIG_READ = new RegionRead(0, CONFIG, 4);

    private final UnixSocket socket;
    private int nextId;

    private WireTimes(UnixSocket socket) {
        this.socket = socket;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("igdrom-wire");
        Path path = directory.resolve("igd");
        try (Descriptor file = Memfd.create("aperture", 4096);
                Mapping aperture = Mapping.of(file, 0, 4096, true);
                Server server = serve(path, file, aperture.memory());
                UnixSocket socket = UnixSocket.connect(path)) {
            WireTimes ours = new WireTimes(socket);
            ours.run();
            if (arguments.length == 2 && arguments[0].equals("--peer")) {
                ours.compareWith(Path.of(arguments[1]).toAbsolutePath(), directory.resolve("peer"));
            }
        } finally {
            Files.deleteIfExists(directory.resolve("peer"));
            Files.deleteIfExists(directory);
        }
    }

    private static Server serve(Path path, Descriptor file, Memory aperture) throws IOException {
        VirtualIgd igd = new VirtualIgd(IgdModel.of(PciId.of("8086:46a6")), aperture);
        return Server.listen(path, igd, Map.of(2, file));
    }

    private void run() throws IOException {
        ask(new Version(0, 0, Optional.empty()));
        print("read of config space", timeOfAccess(CONFIG_READ), "us");
        print("read of a register", timeOfAccess(new RegionRead(0x70008, 0, 4)), "us");
        Image value = new Emitter().u64(0x1780_0001L).toImage();
        print("write to the page table", timeOfAccess(new RegionWrite(0x80_0000, 0, value)), "us");
        print("entry of a write_multiple", timeOfPostedEntry(value) * 1000, "ns");
    }

    private void compareWith(Path program, Path path) throws Exception {
        Process server =
                new ProcessBuilder(program.toString(), path.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (UnixSocket socket = connect(server, path)) {
            WireTimes theirs = new WireTimes(socket);
            theirs.ask(new Version(0, 0, Optional.empty()));
            double[] ours = new double[BATCHES];
            double[] peers = new double[BATCHES];
            for (int i = 0; i < BATCHES; i++) {
                ours[i] = batch(CONFIG_READ);
                peers[i] = theirs.batch(CONFIG_READ);
            }
            print("read of config space, ours", Budgets.median(ours), "us");
            print("read of config space, " + program.getFileName(), Budgets.median(peers), "us");
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    /// Waits until the server listens.
    private static UnixSocket connect(Process server, Path path) throws Exception {
        for (int i = 0; i < 100 && server.isAlive(); i++) {
            Thread.sleep(50);
            if (Files.exists(path)) {
                return UnixSocket.connect(path);
            }
        }
        throw new IOException("the peer does not listen on " + path);
    }

    private double timeOfAccess(Request request) throws IOException {
        double[] times = new double[BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            times[i] = batch(request);
        }
        return Budgets.median(times);
    }

    /// The time of one access in microseconds.
    private double batch(Request request) throws IOException {
        long start = System.nanoTime();
        for (int j = 0; j < ACCESSES; j++) {
            ask(request);
        }
        return (System.nanoTime() - start) / 1000.0 / ACCESSES;
    }

    /// The time of one entry in microseconds; a read at the end of each batch waits for all entries.
    private double timeOfPostedEntry(Image value) throws IOException {
        double[] times = new double[BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            long start = System.nanoTime();
            for (int j = 0; j < MESSAGES; j++) {
                List<RegionWrite> writes = new ArrayList<>();
                for (int k = 0; k < ENTRIES; k++) {
                    writes.add(new RegionWrite(0x80_0000L + 8L * (j * ENTRIES + k), 0, value));
                }
                socket.send(Header.posted(id(), new RegionWriteMulti(writes)), List.of());
            }
            ask(new RegionRead(0x70008, 0, 4));
            times[i] = (System.nanoTime() - start) / 1000.0 / MESSAGES / ENTRIES;
        }
        return Budgets.median(times);
    }

    private void ask(Request request) throws IOException {
        socket.send(Header.command(id(), request), List.of());
        Header header = Header.read(socket.receive(Header.SIZE));
        socket.receive(header.bodySize());
        if (!header.isReply() || header.isError()) {
            throw new IOException(request + " was answered with " + header);
        }
    }

    private int id() {
        nextId = (nextId + 1) & 0xffff;
        return nextId;
    }

    private static void print(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "%-44s %8.2f %s%n", name, value, unit);
    }
}
