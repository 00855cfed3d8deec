package igdrom.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.linux.Descriptor;
import igdrom.linux.Memfd;
import igdrom.linux.UnixSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ServerTest {
    @Test
    void several_devices_serve_one_client_after_the_other(@TempDir Path folder) throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        try (Descriptor file = Memfd.create("frame buffer", 8192);
                Server first = Server.listen(one, new Toy(), Map.of(2, file));
                Server second = Server.listen(two, new Toy(), Map.of(2, file))) {
            try (Client a = new Client(UnixSocket.connect(one));
                    Client b = new Client(UnixSocket.connect(two))) {
                a.version();
                b.version();
                a.write32(0, 0x20, 1);
                b.write32(0, 0x20, 2);
                assertThat(List.of(a.read32(0, 0x20), b.read32(0, 0x20)))
                        .isEqualTo(List.of(1L, 2L));
                assertThat(first.connection()).isPresent();
                a.socket.send(Image.ofHex("00"), List.of());
            }
            try (Client again = new Client(UnixSocket.connect(one))) {
                again.version();
                assertThat(again.read32(0, 0x20)).isEqualTo(1);
                assertThat(first.lastFailure())
                        .get()
                        .hasToString(
                                "java.io.EOFException: the client went in the middle of a header");
                assertThat(second.lastFailure()).isEmpty();
            }
        }
        assertThat(one).doesNotExist();
        assertThat(two).doesNotExist();
    }

    @Test
    void close_ends_a_connection(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("s");
        try (Descriptor file = Memfd.create("frame buffer", 8192)) {
            Client client;
            try (Server _ = Server.listen(path, new Toy(), Map.of(2, file))) {
                client = new Client(UnixSocket.connect(path));
                client.version();
            }
            try (client) {
                assertThat(client.socket.receive(1)).isEqualTo(Image.EMPTY);
            }
        }
    }
}
