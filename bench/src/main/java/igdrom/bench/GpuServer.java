package igdrom.bench;

import igdrom.bytes.Image;
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
import java.util.Map;
import java.util.Optional;

/// A virtual IGD that listens on a socket.
final class GpuServer implements AutoCloseable {
    private static final long APERTURE_BYTES = 256L << 20;
    private static final int APERTURE_BAR = 2;

    /// The period of a monitor at 60 Hz.
    private static final int FRAME_MILLIS = 16;

    private final Descriptor file;
    private final Mapping aperture;
    private final VirtualIgd device;
    private final Server server;
    private final Thread clock;

    private GpuServer(Descriptor file, Mapping aperture, VirtualIgd device, Server server) {
        this.file = file;
        this.aperture = aperture;
        this.device = device;
        this.server = server;
        this.clock = Thread.ofPlatform().daemon().name("igdrom-frames").start(this::tick);
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

    static GpuServer listen(IgdModel model, Path socket) throws IOException {
        Descriptor file = Memfd.create("aperture", APERTURE_BYTES);
        Mapping aperture;
        try {
            aperture = Mapping.of(file, 0, APERTURE_BYTES, true);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        try {
            VirtualIgd device = new VirtualIgd(model, aperture.memory());
            Server server = Server.listen(socket, device, Map.of(APERTURE_BAR, file));
            return new GpuServer(file, aperture, device, server);
        } catch (IOException e) {
            aperture.close();
            file.close();
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

    /// The picture on the monitor; empty when the screen is off.
    Optional<Picture> picture() {
        try {
            return device.picture(server.connection().orElse(null));
        } catch (IOException _) {
            return Optional.empty();
        }
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
            aperture.close();
            file.close();
        }
    }
}
