package igdrom.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.linux.Descriptor;
import igdrom.linux.Descriptors;
import igdrom.linux.EventFd;
import igdrom.linux.Mapping;
import igdrom.linux.Memfd;
import igdrom.linux.SocketPair;
import igdrom.linux.UnixSocket;
import igdrom.vfiouser.server.Client.Message;
import igdrom.vfiouser.wire.DeviceFeature;
import igdrom.vfiouser.wire.DeviceGetInfo;
import igdrom.vfiouser.wire.DeviceReset;
import igdrom.vfiouser.wire.DmaMap;
import igdrom.vfiouser.wire.DmaUnmap;
import igdrom.vfiouser.wire.GetIrqInfo;
import igdrom.vfiouser.wire.GetRegionInfo;
import igdrom.vfiouser.wire.Header;
import igdrom.vfiouser.wire.IrqInfo;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.RegionWriteMulti;
import igdrom.vfiouser.wire.SetIrqs;
import igdrom.vfiouser.wire.Version;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that behave as QEMU, and worse, at the other end of a socket pair.
@Timeout(600)
class ConnectionTest {
    private static final int PAGE = 4096;
    private static final int EEXIST = 17;
    private static final int EINVAL = 22;
    private static final int EOPNOTSUPP = 95;
    private static final Image DATA = Image.ofHex("0102030405060708");

    private final CopyingDevice device = new CopyingDevice();
    private long openBefore;
    private Descriptor frameBuffer;
    private Client client;
    private Connection connection;
    private FutureTask<@Nullable Void> serving;

    @BeforeEach
    void connect() throws IOException {
        openBefore = openDescriptors();
        frameBuffer = Memfd.create("frame buffer", 8192);
        SocketPair pair = UnixSocket.pair();
        client = new Client(pair.first());
        connection = new Connection(pair.second(), device, Map.of(2, frameBuffer));
        serving =
                new FutureTask<>(() -> {
                    try (Connection served = connection) {
                        served.serve();
                    }
                    return null;
                });
        Thread.ofPlatform().start(serving);
    }

    @AfterEach
    void check_that_everything_is_closed() throws Exception {
        client.close();
        try {
            serving.get();
        } catch (java.util.concurrent.ExecutionException _) {
            // The test itself asserts how serving ends.
        }
        frameBuffer.close();
        assertThat(openDescriptors()).isEqualTo(openBefore);
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(
                            entry -> {
                                try {
                                    String target = Files.readSymbolicLink(entry).toString();
                                    return target.startsWith("socket:")
                                            || target.startsWith("/memfd:")
                                            || target.equals("anon_inode:[eventfd]");
                                } catch (IOException e) {
                                    return false;
                                }
                            })
                    .count();
        }
    }

    private void endsWith(Class<? extends Exception> type, String message) {
        assertThatThrownBy(serving::get).hasCauseInstanceOf(type).hasRootCauseMessage(message);
    }

    private static DmaMap map(long address, long size, boolean mapped) {
        return new DmaMap(true, true, 0, address, size, mapped);
    }

    @Test
    void sequence_of_qemu_is_served() throws Exception {
        client.version();
        try (Descriptor ram = Memfd.create("ram", 4 * PAGE)) {
            client.done(map(0, 4 * PAGE, true), ram);
        }
        assertThat(client.ask(new DeviceGetInfo(16)).body())
                .isEqualTo(Image.ofHex("10000000 03000000 09000000 05000000"));
        for (int region : new int[] {0, 1, 3, 4, 5, 7}) {
            Message info = client.ask(new GetRegionInfo(32, region));
            assertThat(info.body().u32(8)).isEqualTo(region);
            assertThat(info.descriptors()).isZero();
        }
        assertThat(client.ask(new GetRegionInfo(32, 2)).descriptors()).isEqualTo(1);
        assertThat(client.ask(new GetIrqInfo(16, 3)).body().u32(12)).isZero();
        assertThat(client.ask(new RegionRead(0, 7, 256)).body().size()).isEqualTo(272);
        try (EventFd event = EventFd.create()) {
            client.done(
                    new SetIrqs(0, 0, 1, SetIrqs.Action.TRIGGER, new SetIrqs.Data.EventFd(true)),
                    event.descriptor());
        }
        client.done(new DeviceReset());
        assertThat(device.resets).hasValue(1);
        assertThat(client.ask(new DmaUnmap(24, 0, 4 * PAGE, false)).body())
                .isEqualTo(Image.ofHex("18000000 00000000 0000000000000000 0040000000000000"));
        // Pipelined, some without a descriptor.
        try (Descriptor ram = Memfd.create("ram", 4 * PAGE)) {
            client.send(map(0, PAGE, true), ram);
            client.send(map(0xc0000, PAGE, false));
            client.send(map(0x100000, PAGE, true), ram);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(client.receive().header().error()).isZero();
        }
        client.done(new DmaUnmap(24, 0, 0, true));
    }

    @Test
    void registers_are_written_and_read() throws IOException {
        client.version();
        client.write32(0, 0x20, 0xdead_beefL);
        assertThat(client.read32(0, 0x20)).isEqualTo(0xdead_beefL);
        client.refused(5, new RegionRead(CopyingDevice.BAD, 0, 4));
    }

    @Test
    void posted_writes_get_no_reply_even_when_refused() throws IOException {
        client.version();
        RegionWrite write = new RegionWrite(0x20, 0, Image.ofHex("44332211"));
        client.socket.send(Header.posted(1, write), List.of());
        RegionWrite outside = new RegionWrite(4096, 0, DATA);
        client.socket.send(Header.posted(2, outside), List.of());
        client.socket.send(
                Header.posted(
                        3,
                        new RegionWriteMulti(
                                List.of(new RegionWrite(0x24, 0, DATA), write, outside))),
                List.of());
        assertThat(client.read32(0, 0x20)).isEqualTo(0x11223344L);
        assertThat(client.read32(0, 0x24)).isEqualTo(0x04030201L);
        assertThat(client.ask(new RegionWriteMulti(List.of(write, write))).body())
                .isEqualTo(Image.ofHex("0200000000000000"));
    }

    @Test
    void accesses_outside_the_device_are_refused() throws IOException {
        client.version();
        client.refused(EINVAL, new RegionRead(4093, 0, 4));
        client.refused(EINVAL, new RegionRead(0, 1, 1));
        client.refused(EINVAL, new RegionRead(0, 9, 1));
        client.refused(EINVAL, new RegionRead(0, 0xffffffffL, 1));
        client.refused(EINVAL, new RegionRead(Long.MIN_VALUE, 0, 1));
        client.refused(EINVAL, new GetRegionInfo(32, 9));
        client.refused(EINVAL, new GetIrqInfo(16, 5));
        client.refused(EOPNOTSUPP, new DeviceFeature(16, 1, true, false, false, Image.EMPTY));
        assertThat(client.read32(0, 0)).isZero();
    }

    @Test
    void request_before_the_version_ends_the_connection() throws Exception {
        client.refused(EINVAL, new DeviceGetInfo(16));
        serving.get();
    }

    @Test
    void unsupported_version_ends_the_connection() throws Exception {
        client.refused(EINVAL, new Version(1, 0, Optional.empty()));
        serving.get();
    }

    @Test
    void second_version_is_refused() throws IOException {
        client.version();
        client.refused(EINVAL, new Version(0, 0, Optional.empty()));
        assertThat(client.read32(0, 0)).isZero();
    }

    @Test
    void mapped_memory_is_accessed_without_messages() throws Exception {
        client.version();
        try (Descriptor ram = Memfd.create("ram", 2 * PAGE);
                Mapping mapping = Mapping.of(ram, 0, 2 * PAGE, true);
                EventFd event = EventFd.create()) {
            client.done(map(0x7000_0000L, 2 * PAGE, true), ram);
            client.done(
                    new SetIrqs(0, 0, 1, SetIrqs.Action.TRIGGER, new SetIrqs.Data.EventFd(true)),
                    event.descriptor());
            mapping.memory().put(0x20, DATA);
            client.done(CopyingDevice.copyTo(0x7000_1000L));
            client.done(CopyingDevice.copyFrom(0x7000_0020L));
            // The server settles the write before it serves the read.
            assertThat(client.read32(0, CopyingDevice.RESULT)).isEqualTo(0x04030201L);
            assertThat(mapping.memory().image(PAGE, 8)).isEqualTo(DATA);
            assertThat(event.drain()).isEqualTo(1);
            assertThat(connection.read(0x7000_1000L, 8)).isEqualTo(DATA);
            assertThatThrownBy(() -> connection.read(0x7000_1fffL, 2))
                    .hasMessage("no memory range contains 0x70002000");
        }
    }

    @Test
    void truncated_memory_file_is_an_error_and_not_a_crash() throws Exception {
        client.version();
        try (Descriptor ram = Memfd.create("ram", PAGE)) {
            client.done(map(0, PAGE, true), ram);
            Memfd.resize(ram, 0);
            assertThatThrownBy(() -> connection.read(0, 8))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the memory is lost: its file was truncated");
        }
        assertThat(client.read32(0, 0)).isZero();
    }

    @Test
    void access_is_replied_to_before_a_request_is_sent() throws Exception {
        client.version();
        client.done(map(0x1000, PAGE, false));
        int write = client.send(CopyingDevice.copyFrom(0x1010));
        Message first = client.receive();
        assertThat(first.header().isReply()).isTrue();
        assertThat(first.header().id()).isEqualTo(write);
        client.replyToProbe(false);
        Message request = client.receive();
        assertThat(request.header().command()).isEqualTo(11);
        assertThat(request.body()).isEqualTo(Image.ofHex("1010000000000000 0800000000000000"));
        client.reply(request, DATA, false);
        assertThat(client.read32(0, CopyingDevice.RESULT)).isEqualTo(0x04030201L);
    }

    @Test
    void accesses_are_served_while_a_request_is_pending() throws Exception {
        client.version();
        client.done(map(0x1000, PAGE, false));
        client.done(CopyingDevice.copyTo(0x1100));
        client.done(CopyingDevice.copyFrom(0x1010));
        client.replyToProbe(true);
        Message request = client.receive();
        for (int i = 0; i < 1000; i++) {
            client.write32(0, 0x200, i);
            assertThat(client.read32(0, 0x200)).isEqualTo(i);
        }
        client.done(map(0x4000, PAGE, false));
        assertThat(client.read32(0, CopyingDevice.RESULT)).isZero();
        client.reply(request, DATA, true);
        Message write = client.receive();
        assertThat(write.header().command()).isEqualTo(12);
        assertThat(write.body())
                .isEqualTo(Image.ofHex("0011000000000000 0800000000000000 0102030405060708"));
        assertThat(client.read32(0, CopyingDevice.RESULT)).isEqualTo(0x04030201L);
        client.socket.send(
                Image.ofHex("0200 0c00 1c000000 01000000 00000000 0011000000000000 08000000"),
                List.of());
        client.done(new DeviceReset());
    }

    @Test
    void accesses_served_while_settling_are_settled_afterwards() throws Exception {
        client.version();
        client.done(map(0x1000, PAGE, false));
        client.done(CopyingDevice.copyFrom(0x1010));
        client.replyToProbe(false);
        Message first = client.receive();
        client.done(CopyingDevice.copyFrom(0x1020));
        client.reply(first, DATA, false);
        Message second = client.receive();
        assertThat(second.body().u64(0)).isEqualTo(0x1020);
        client.reply(second, Image.ofHex("1112131415161718"), false);
        assertThat(client.read32(0, CopyingDevice.RESULT)).isEqualTo(0x14131211L);
    }

    @Test
    void any_thread_may_read_by_messages() throws Exception {
        client.version();
        client.done(map(0x1000, PAGE, false));
        FutureTask<Image> reading = new FutureTask<>(() -> connection.read(0x1010, 8));
        Thread.ofPlatform().start(reading);
        client.replyToProbe(false);
        Message request = client.receive();
        assertThat(client.read32(0, 0)).isZero();
        client.reply(request, DATA, false);
        assertThat(reading.get()).isEqualTo(DATA);
    }

    @Test
    void pending_request_ends_with_the_connection() throws Exception {
        client.version();
        client.done(map(0x1000, PAGE, false));
        FutureTask<Image> reading = new FutureTask<>(() -> connection.read(0x1010, 8));
        Thread.ofPlatform().start(reading);
        client.receive();
        client.close();
        assertThatThrownBy(reading::get)
                .hasRootCauseMessage("the client disconnected before it replied");
    }

    @Test
    void unsolicited_reply_is_dropped() throws IOException {
        client.version();
        client.socket.send(
                Image.ofHex("0900 0b00 18000000 01000000 00000000 0000000000000000"), List.of());
        assertThat(client.read32(0, 0)).isZero();
    }

    @Test
    void overlapping_ranges_are_refused() throws IOException {
        client.version();
        client.done(map(0x10000, 0x10000, false));
        client.refused(EEXIST, map(0x10000, 0x10000, false));
        client.refused(EEXIST, map(0x1f000, 0x2000, false));
        client.refused(EEXIST, map(0xf000, 0x1001, false));
        client.refused(EEXIST, map(0, 0x100000, false));
        client.refused(EEXIST, map(0x11000, 0x1000, false));
        client.done(map(0xf000, 0x1000, false));
        client.done(map(0x20000, 0x1000, false));
        client.done(map(-4096, 4096, false));
    }

    @Test
    void unmap_removes_every_range_inside_and_refuses_to_cut_one() throws IOException {
        client.version();
        client.done(map(0x10000, 0x10000, false));
        client.done(map(0x20000, 0x1000, false));
        client.done(map(-4096, 4096, false));
        client.refused(EINVAL, new DmaUnmap(24, 0x10000, 0x1000, false));
        client.refused(EINVAL, new DmaUnmap(24, 0x11000, 0x1000, false));
        client.refused(EINVAL, new DmaUnmap(24, 0x1f000, 0x2000, false));
        client.refused(EINVAL, new DmaUnmap(24, 0, 0x1f000, false));
        // What was not mapped is unmapped already.
        client.done(new DmaUnmap(24, 0x30000, 0x1000, false));
        client.done(new DmaUnmap(24, 0, 0x8000_0000_0000L, false));
        assertThatThrownBy(() -> connection.read(0x10000, 8))
                .hasMessageContaining("no memory range contains 0x10000");
        assertThatThrownBy(() -> connection.read(0x20000, 8))
                .hasMessageContaining("no memory range contains 0x20000");
        client.refused(EEXIST, map(-4096, 4096, false));
        client.done(map(0x10000, 0x10000, false));
    }

    @Test
    void access_continues_in_neighbouring_ranges() throws IOException {
        client.version();
        try (Descriptor ram = Memfd.create("ram", 4 * PAGE)) {
            client.done(at(0x1000, 2 * PAGE), ram);
            client.done(at(0x2000, 0), ram);
            client.done(at(0x4000, PAGE), ram);
        }
        connection.write(0x1ffc, DATA);
        assertThat(connection.read(0x1ffc, 8)).isEqualTo(DATA);
        // The second half is at the start of the file.
        client.done(new DmaUnmap(24, 0x1000, PAGE, false));
        assertThat(connection.read(0x2000, 4)).isEqualTo(DATA.slice(4, 4));
        assertThatThrownBy(() -> connection.write(0x2ffc, DATA))
                .hasMessageContaining("no memory range contains 0x3000");
        assertThat(connection.read(0x2ffc, 4)).isEqualTo(Image.ofHex("00000000"));
    }

    @Test
    void memory_that_is_mapped_page_by_page_is_one_mapping_of_the_process() throws IOException {
        // More than the number of mappings that Linux allows a process by default, 65530.
        int pages = 0x11000;
        client.version();
        long before = mappings();
        try (Descriptor ram = Memfd.create("ram", (long) pages * PAGE)) {
            for (int page = 0; page < pages; page++) {
                client.done(at((long) page * PAGE, (long) (pages - 1 - page) * PAGE), ram);
            }
        }
        assertThat(mappings()).isLessThan(before + 100);
        connection.write((pages - 1L) * PAGE - 4, DATA);
        assertThat(connection.read((pages - 1L) * PAGE, 4)).isEqualTo(DATA.slice(4, 4));
        client.done(new DmaUnmap(24, 0, (long) pages * PAGE, false));
        assertThatThrownBy(() -> connection.read(0, 8)).hasMessageContaining("no memory range");
    }

    private static DmaMap at(long address, long offset) {
        return new DmaMap(true, true, offset, address, PAGE, true);
    }

    private static long mappings() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.count();
        }
    }

    @Test
    void descriptors_of_refused_messages_are_closed() throws IOException {
        client.version();
        long before = openDescriptors();
        try (Descriptor file = Memfd.create("short", PAGE)) {
            client.refused(EINVAL, map(0, 2 * PAGE, true), file);
            client.refused(EINVAL, map(0, PAGE, true), file, file);
            client.refused(EINVAL, new DeviceReset(), file);
            client.refused(
                    EINVAL,
                    new SetIrqs(0, 0, 1, SetIrqs.Action.TRIGGER, new SetIrqs.Data.EventFd(true)),
                    file);
            client.refused(
                    EINVAL,
                    new SetIrqs(1, 3, 2, SetIrqs.Action.TRIGGER, new SetIrqs.Data.EventFd(true)),
                    file,
                    file);
            client.refused(EINVAL, new RegionRead(0, 0, 4), file);
            Descriptor[] files = new Descriptor[200];
            Arrays.fill(files, file);
            client.refused(EINVAL, new RegionRead(0, 0, 4), files);
        }
        assertThat(openDescriptors()).isEqualTo(before);
    }

    @Test
    void intx_masks_itself_and_is_raised_again_when_unmasked() throws Exception {
        client.version();
        try (EventFd event = EventFd.create()) {
            client.done(
                    new SetIrqs(0, 0, 1, SetIrqs.Action.TRIGGER, new SetIrqs.Data.EventFd(true)),
                    event.descriptor());
            connection.raise(IrqInfo.INTX, 0);
            connection.raise(IrqInfo.INTX, 0);
            assertThat(event.drain()).isEqualTo(1);
            client.done(new SetIrqs(0, 0, 1, SetIrqs.Action.UNMASK, new SetIrqs.Data.None()));
            assertThat(event.drain()).isEqualTo(1);
            client.done(new SetIrqs(0, 0, 1, SetIrqs.Action.UNMASK, new SetIrqs.Data.None()));
            assertThat(event.drain()).isZero();
            client.done(new SetIrqs(0, 0, 0, SetIrqs.Action.TRIGGER, new SetIrqs.Data.None()));
            connection.raise(IrqInfo.INTX, 0);
            assertThat(event.drain()).isZero();
        }
    }

    @Test
    void msi_is_raised_by_the_device_or_by_the_client() throws Exception {
        client.version();
        try (EventFd first = EventFd.create();
                EventFd second = EventFd.create()) {
            client.done(
                    new SetIrqs(1, 1, 2, SetIrqs.Action.TRIGGER, new SetIrqs.Data.EventFd(true)),
                    first.descriptor(),
                    second.descriptor());
            connection.raise(IrqInfo.MSI, 0);
            connection.raise(IrqInfo.MSI, 2);
            assertThat(List.of(first.drain(), second.drain())).isEqualTo(List.of(0L, 1L));
            client.done(
                    new SetIrqs(
                            1,
                            0,
                            4,
                            SetIrqs.Action.TRIGGER,
                            new SetIrqs.Data.Bool(Image.ofHex("01010000"))));
            assertThat(List.of(first.drain(), second.drain())).isEqualTo(List.of(1L, 0L));
            client.refused(
                    EINVAL, new SetIrqs(1, 0, 1, SetIrqs.Action.MASK, new SetIrqs.Data.None()));
        }
    }

    @Test
    void mappable_region_is_shared() throws Exception {
        client.version();
        try (Descriptors received = new Descriptors()) {
            client.send(new GetRegionInfo(32, 2));
            Message reply = client.receive(received);
            assertThat(reply.body().u32(4)).isEqualTo(7);
            try (Descriptor file = received.take();
                    Mapping theirs = Mapping.of(file, 0, 8192, true);
                    Mapping ours = Mapping.of(frameBuffer, 0, 8192, false)) {
                theirs.memory().put(8184, DATA);
                assertThat(ours.memory().image(8184, 8)).isEqualTo(DATA);
            }
        }
    }

    @Test
    void client_may_disconnect_between_messages() throws Exception {
        client.version();
        client.close();
        serving.get();
    }

    @Test
    void client_that_disconnects_in_a_header_is_an_error() throws Exception {
        client.version();
        client.socket.send(Image.ofHex("0100 0d00 1000"), List.of());
        client.close();
        endsWith(EOFException.class, "the client disconnected in the middle of a header");
    }

    @Test
    void client_that_disconnects_in_a_message_leaves_nothing_open() throws Exception {
        client.version();
        try (Descriptor file = Memfd.create("ram", PAGE)) {
            Image whole = Header.command(1, map(0, PAGE, true));
            client.socket.send(whole.slice(0, 40), List.of(file));
        }
        client.close();
        endsWith(EOFException.class, "the client disconnected in the middle of a message");
    }

    @Test
    void invalid_message_size_ends_the_connection() throws Exception {
        client.version();
        client.socket.send(
                new Emitter().u16(1).u16(13).u32(0xffff_ffffL).u64(0).toImage(), List.of());
        endsWith(
                MalformedImageException.class,
                "vfio-user message +0x4: Message size is 0xffffffff, the maximum is 0x100050");
    }

    @Test
    void shutdown_ends_serving() throws Exception {
        client.version();
        connection.shutdown();
        serving.get();
    }

    @Test
    void bytes_of_a_message_may_arrive_one_by_one() throws Exception {
        Image message = Header.command(7, new Version(0, 0, Optional.empty()));
        for (int i = 0; i < message.size(); i++) {
            client.socket.send(message.slice(i, 1), List.of());
        }
        assertThat(client.receive().header().error()).isZero();
    }
}
