package igdrom.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.linux.Descriptor;
import igdrom.linux.Descriptors;
import igdrom.linux.UnixSocket;
import igdrom.vfiouser.wire.Header;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.Request;
import igdrom.vfiouser.wire.Version;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A client that behaves as QEMU does.
final class Client implements AutoCloseable {
    final UnixSocket socket;
    private int nextId = 100;

    record Message(Header header, Image body, int descriptors) {}

    Client(UnixSocket socket) {
        this.socket = socket;
    }

    Message receive() throws IOException {
        try (Descriptors descriptors = new Descriptors()) {
            return receive(descriptors);
        }
    }

    Message receive(Descriptors descriptors) throws IOException {
        Header header = Header.read(socket.receive(16, descriptors));
        Image body = socket.receive(header.bodySize());
        return new Message(header, body, descriptors.size());
    }

    int send(Request request, Descriptor... descriptors) throws IOException {
        int id = nextId++ & 0xffff;
        socket.send(Header.command(id, request), List.of(descriptors));
        return id;
    }

    /// Sends a request and takes the next message as its reply.
    Message ask(Request request, Descriptor... descriptors) throws IOException {
        int id = send(request, descriptors);
        Message reply = receive();
        assertThat(reply.header().id()).isEqualTo(id);
        assertThat(reply.header().command()).isEqualTo(request.command().number());
        assertThat(reply.header().isReply()).isTrue();
        return reply;
    }

    void done(Request request, Descriptor... descriptors) throws IOException {
        assertThat(ask(request, descriptors).header().error()).isZero();
    }

    void refused(int errno, Request request, Descriptor... descriptors) throws IOException {
        Message reply = ask(request, descriptors);
        assertThat(reply.header().isError()).isTrue();
        assertThat(reply.header().error()).isEqualTo(errno);
        assertThat(reply.body()).isEqualTo(Image.EMPTY);
    }

    void version() throws IOException {
        done(new Version(0, 0, Optional.empty()));
    }

    long read32(int region, long offset) throws IOException {
        return ask(new RegionRead(offset, region, 4)).body().u32(16);
    }

    void write32(int region, long offset, long value) throws IOException {
        done(new RegionWrite(offset, region, new Emitter().u32(value).toImage()));
    }

    /// Replies to the first request of the server, which probes our DMA layout.
    void replyToProbe(boolean wide) throws IOException {
        Message probe = receive();
        assertThat(probe.header().command()).isEqualTo(12);
        assertThat(probe.body().u64(0)).isEqualTo(-4096);
        Emitter out = new Emitter();
        new Header(probe.header().id(), 12, 16, 0x21, wide ? 7 : 19).write(out);
        socket.send(out.toImage(), List.of());
    }

    /// Replies to a DMA_READ of the server.
    void reply(Message request, Image data, boolean wide) throws IOException {
        Emitter out = new Emitter();
        new Header(request.header().id(), 11, 32 + (int) data.size(), 1, 0).write(out);
        out.image(request.body().slice(0, 12));
        out.fill(0, wide ? 4 : 0).image(data).fill(0, wide ? 0 : 4);
        socket.send(out.toImage(), List.of());
    }

    @Override
    public void close() {
        socket.close();
    }
}
