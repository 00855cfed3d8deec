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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Times what a guest waits for: a synchronous access, and an entry of a posted write_multiple.
///
///     java --enable-native-access=ALL-UNNAMED -cp cli/target/igdrom.jar bench/WireTimes.java [--peer SOCKET]
///
/// Without a peer, a virtual IGD is served in this process. With one, only config space is read, which every server has.
/// Medians of batches.
public final class WireTimes {
    private static final int BATCHES = 21;
    private static final int ACCESSES = 2000;
    private static final int MESSAGES = 100;
    private static final int ENTRIES = 200;
    private static final int CONFIG = 7;

    private final UnixSocket socket;
    private int nextId;

    private WireTimes(UnixSocket socket) {
        this.socket = socket;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals("--peer")) {
            try (UnixSocket socket = UnixSocket.connect(Path.of(arguments[1]))) {
                new WireTimes(socket).peer();
            }
            return;
        }
        Path folder = Files.createTempDirectory("igdrom-wire");
        Path path = folder.resolve("igd");
        try (Descriptor file = Memfd.create("aperture", 4096);
                Mapping aperture = Mapping.of(file, 0, 4096, true);
                Server server = serve(path, file, aperture.memory());
                UnixSocket socket = UnixSocket.connect(path)) {
            new WireTimes(socket).ours();
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private static Server serve(Path path, Descriptor file, Memory aperture) throws IOException {
        VirtualIgd igd = new VirtualIgd(IgdModel.of(PciId.of("8086:46a6")), aperture);
        return Server.listen(path, igd, Map.of(2, file));
    }

    private void peer() throws IOException {
        ask(new Version(0, 0, Optional.empty()));
        print("read of config space", synchronous(new RegionRead(0, CONFIG, 4)), "us");
    }

    private void ours() throws IOException {
        ask(new Version(0, 0, Optional.empty()));
        print("read of config space", synchronous(new RegionRead(0, CONFIG, 4)), "us");
        print("read of a register", synchronous(new RegionRead(0x70008, 0, 4)), "us");
        Image value = new Emitter().u64(0x1780_0001L).toImage();
        print("write to the page table", synchronous(new RegionWrite(0x80_0000, 0, value)), "us");
        print("entry of a write_multiple", posted(value) * 1000, "ns");
    }

    /// Microseconds of one access.
    private double synchronous(Request request) throws IOException {
        double[] times = new double[BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            long start = System.nanoTime();
            for (int j = 0; j < ACCESSES; j++) {
                ask(request);
            }
            times[i] = (System.nanoTime() - start) / 1000.0 / ACCESSES;
        }
        return median(times);
    }

    /// Microseconds of one entry; a read at the end of each batch waits for all of them.
    private double posted(Image value) throws IOException {
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
        return median(times);
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

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static void print(String what, double value, String unit) {
        System.out.printf(Locale.ROOT, "%-28s %8.2f %s%n", what, value, unit);
    }
}
