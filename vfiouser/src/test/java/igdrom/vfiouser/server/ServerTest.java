package igdrom.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.linux.Descriptor;
import igdrom.linux.Memfd;
import igdrom.linux.UnixSocket;
import igdrom.vfiouser.wire.Access;
import igdrom.vfiouser.wire.DeviceLayout;
import igdrom.vfiouser.wire.DeviceReset;
import igdrom.vfiouser.wire.PciDevice;
import igdrom.vfiouser.wire.RegionData;
import igdrom.vfiouser.wire.RegionInfo;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class ServerTest {
    @Test
    void several_servers_serve_one_client_after_the_other(@TempDir Path directory)
            throws Exception {
        Path firstSocket = directory.resolve("first");
        Path secondSocket = directory.resolve("second");
        try (Descriptor file = Memfd.create("frame buffer", 8192);
                Server first = Server.listen(firstSocket, new CopyingDevice(), Map.of(2, file));
                Server second = Server.listen(secondSocket, new CopyingDevice(), Map.of(2, file))) {
            try (Client a = new Client(UnixSocket.connect(firstSocket));
                    Client b = new Client(UnixSocket.connect(secondSocket))) {
                a.version();
                b.version();
                a.write32(0, 0x20, 1);
                b.write32(0, 0x20, 2);
                assertThat(List.of(a.read32(0, 0x20), b.read32(0, 0x20)))
                        .isEqualTo(List.of(1L, 2L));
                assertThat(first.connection()).isPresent();
                a.socket.send(Image.ofHex("00"), List.of());
            }
            try (Client again = new Client(UnixSocket.connect(firstSocket))) {
                again.version();
                assertThat(again.read32(0, 0x20)).isEqualTo(1);
                assertThat(first.lastFailure())
                        .get()
                        .hasToString(
                                "java.io.EOFException: the client disconnected in the middle of a"
                                        + " header");
                assertThat(second.lastFailure()).isEmpty();
            }
        }
        assertThat(firstSocket).doesNotExist();
        assertThat(secondSocket).doesNotExist();
    }

    /// The example in the package documentation.
    @Test
    void smallest_device_is_identified(@TempDir Path directory) throws IOException {
        Path socket = directory.resolve("device");
        Memory config = Memory.ofSize(256);
        config.putU32(0, 0x11e8_1234);
        try (Server _ = Server.listen(socket, new IdentityDevice(config), Map.of());
                Client client = new Client(UnixSocket.connect(socket))) {
            client.version();
            client.write32(RegionInfo.PCI_CONFIG, 0, 0xffff_ffffL);
            assertThat(client.read32(RegionInfo.PCI_CONFIG, 0)).isEqualTo(0x11e8_1234);
        }
    }

    private record IdentityDevice(Memory config) implements PciDevice {
        @Override
        public DeviceLayout layout() {
            return DeviceLayout.of(RegionInfo.plain(RegionInfo.PCI_CONFIG, config.size()));
        }

        @Override
        public Reply handle(Access access) {
            return switch (access) {
                case RegionRead read ->
                        new RegionData(read, config.image(read.offset(), read.count()));
                case RegionWrite _, DeviceReset _ -> new Reply.Done();
            };
        }
    }

    @Test
    void close_ends_the_connection(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("s");
        try (Descriptor file = Memfd.create("frame buffer", 8192)) {
            Client client;
            try (Server _ = Server.listen(path, new CopyingDevice(), Map.of(2, file))) {
                client = new Client(UnixSocket.connect(path));
                client.version();
            }
            try (client) {
                assertThat(client.socket.receive(1)).isEqualTo(Image.EMPTY);
            }
        }
    }
}
