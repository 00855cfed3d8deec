package igdrom.bench;

import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.linux.Descriptor;
import igdrom.linux.Mapping;
import igdrom.linux.Memfd;
import igdrom.vfiouser.server.Connection;
import igdrom.vfiouser.server.Server;
import igdrom.vfiouser.wire.Guest;
import igdrom.virtualigd.IgdModel;
import igdrom.virtualigd.Picture;
import igdrom.virtualigd.VirtualIgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A virtual IGD that listens on a socket.
final class GpuServer implements Screen, AutoCloseable {
    private static final long APERTURE_BYTES = 256L << 20;
    private static final int REGISTERS_BAR = 0;
    private static final int APERTURE_BAR = 2;

    /// The period of a monitor at 60 Hz.
    private static final int FRAME_MILLIS = 16;

    private final Scope scope;
    private final VirtualIgd device;
    private final Server server;
    private final Thread clock;

    private GpuServer(Scope scope, VirtualIgd device, Server server) {
        this.scope = scope;
        this.device = device;
        this.server = server;
        this.clock = Thread.ofPlatform().daemon().name("igdrom-frames").start(this::tick);
    }

    /// The files that the client maps, and our mappings of them.
    private record Scope(Map<Integer, Descriptor> files, List<Mapping> mappings) {
        static Scope empty() {
            return new Scope(new HashMap<>(), new ArrayList<>());
        }

        /// The end of a new file for a region, mapped.
        Memory add(int region, long fileSize, long size) throws IOException {
            Descriptor file = Memfd.create("region" + region, fileSize);
            files.put(region, file);
            Mapping mapping = Mapping.of(file, fileSize - size, size, true);
            mappings.add(mapping);
            return mapping.memory();
        }

        void close() {
            mappings.forEach(Mapping::close);
            files.values().forEach(Descriptor::close);
        }
    }

    /// Drives the device, which has no clock.
    private void tick() {
        try {
            while (true) {
                Thread.sleep(FRAME_MILLIS);
                device.frame();
                Optional<Connection> connection = server.connection();
                if (connection.isPresent()) {
                    device.settle(connection.get());
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        } catch (IOException _) {
            // The guest has ended.
        }
    }

    /// @param mapsPageTable whether the client maps the page table, see [VirtualIgd]
    static GpuServer listen(IgdModel model, Path socket, boolean mapsPageTable) throws IOException {
        Scope scope = Scope.empty();
        try {
            Memory aperture = scope.add(APERTURE_BAR, APERTURE_BYTES, APERTURE_BYTES);
            long registers = VirtualIgd.registersSize(model);
            VirtualIgd device =
                    mapsPageTable
                            ? new VirtualIgd(
                                    model,
                                    aperture,
                                    scope.add(REGISTERS_BAR, registers, registers / 2))
                            : new VirtualIgd(model, aperture);
            return new GpuServer(scope, device, Server.listen(socket, device, scope.files()));
        } catch (IOException e) {
            scope.close();
            throw e;
        }
    }

    VirtualIgd device() {
        return device;
    }

    Optional<Guest> guest() {
        return server.connection().map(connection -> connection);
    }

    /// Reads the guest's memory; empty when the range is not mapped or the guest has ended.
    Optional<Image> read(long address, int size) {
        Optional<Connection> connection = server.connection();
        if (connection.isEmpty() || size <= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(connection.get().read(address, size));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Picture> picture() {
        try {
            return device.picture(server.connection().orElse(null));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public List<Long> pages() {
        return device.scannedPages();
    }

    /// The exception that ended the last connection.
    Optional<Exception> failure() {
        return server.lastFailure();
    }

    @Override
    public void close() throws IOException {
        clock.interrupt();
        try {
            server.close();
        } finally {
            scope.close();
        }
    }
}
