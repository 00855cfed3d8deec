package igdrom.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.bytes.MemoryLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// On the kernel that runs the test.
@Timeout(20)
class LinuxTest {
    private static final int PAGE = 4096;
    private static final Image HELLO = Image.ofAscii("hello");

    private long openBefore;

    @BeforeEach
    void count_descriptors() throws IOException {
        // What the first use of a class opens is not ours.
        EventFd.create().close();
        openBefore = openDescriptors();
    }

    @AfterEach
    void nothing_is_left_open() throws IOException {
        assertThat(openDescriptors()).isEqualTo(openBefore);
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(LinuxTest::isOurs).count();
        }
    }

    /// Jars and folders are the virtual machine's.
    private static boolean isOurs(Path entry) {
        try {
            String target = Files.readSymbolicLink(entry).toString();
            return target.startsWith("socket:")
                    || target.startsWith("/memfd:")
                    || target.equals("anon_inode:[eventfd]");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void bytes_go_through_a_pair_of_sockets() throws IOException {
        try (SocketPair pair = UnixSocket.pair()) {
            pair.one().send(HELLO, List.of());
            assertThat(pair.other().receive(2)).isEqualTo(Image.ofAscii("he"));
            assertThat(pair.other().receive(3)).isEqualTo(Image.ofAscii("llo"));
        }
    }

    @Test
    void a_message_larger_than_the_buffers_arrives_whole() throws Exception {
        Image large = Image.of(new byte[3_000_001]);
        try (SocketPair pair = UnixSocket.pair()) {
            Thread sender =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    pair.one().send(large, List.of());
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            });
            assertThat(pair.other().receive((int) large.size())).isEqualTo(large);
            sender.join();
        }
    }

    @Test
    void receive_gives_fewer_bytes_when_the_stream_ends() throws IOException {
        try (SocketPair pair = UnixSocket.pair()) {
            pair.one().send(HELLO, List.of());
            pair.one().shutdown();
            assertThat(pair.other().receive(9)).isEqualTo(HELLO);
            assertThat(pair.other().receive(9)).isEqualTo(Image.EMPTY);
        }
    }

    @Test
    void send_to_a_closed_socket_names_the_call() throws IOException {
        try (SocketPair pair = UnixSocket.pair()) {
            pair.other().close();
            assertThatThrownBy(() -> pair.one().send(HELLO, List.of()))
                    .isInstanceOf(LinuxException.class)
                    .hasMessage("sendmsg: Broken pipe (32)");
        }
    }

    @Test
    void a_file_that_was_sent_is_seen_from_both_sides() throws IOException {
        try (SocketPair pair = UnixSocket.pair();
                Descriptors received = new Descriptors();
                Descriptor file = Memfd.create("test", 2 * PAGE);
                Mapping here = Mapping.of(file, PAGE, PAGE, true)) {
            pair.one().send(HELLO, List.of(file));
            assertThat(pair.other().receive(5, received)).isEqualTo(HELLO);
            assertThat(received.size()).isEqualTo(1);
            assertThat(received.truncated()).isFalse();
            try (Descriptor same = received.take();
                    Mapping there = Mapping.of(same, 0, 2 * PAGE, false)) {
                here.memory().put(3, HELLO);
                assertThat(there.memory().image(PAGE + 3, 5)).isEqualTo(HELLO);
                assertThat(same.fileSize()).isEqualTo(2 * PAGE);
            }
        }
    }

    @Test
    void descriptors_stay_with_the_bytes_they_were_sent_with() throws IOException {
        try (SocketPair pair = UnixSocket.pair();
                Descriptors first = new Descriptors();
                Descriptors second = new Descriptors();
                Descriptor file = Memfd.create("test", PAGE)) {
            pair.one().send(HELLO, List.of());
            pair.one().send(HELLO, List.of(file));
            assertThat(pair.other().receive(5, first)).isEqualTo(HELLO);
            assertThat(pair.other().receive(5, second)).isEqualTo(HELLO);
            assertThat(List.of(first.size(), second.size())).isEqualTo(List.of(0, 1));
        }
    }

    @Test
    void descriptors_that_nobody_asked_for_are_closed() throws IOException {
        try (SocketPair pair = UnixSocket.pair();
                Descriptor file = Memfd.create("test", PAGE)) {
            pair.one().send(HELLO, List.of(file, file));
            assertThat(pair.other().receive(5)).isEqualTo(HELLO);
        }
    }

    @Test
    void more_descriptors_than_there_is_room_for_are_noticed() throws IOException {
        try (SocketPair pair = UnixSocket.pair();
                Descriptors received = new Descriptors();
                Descriptor file = Memfd.create("test", PAGE)) {
            List<Descriptor> most = Collections.nCopies(UnixSocket.MAX_DESCRIPTORS, file);
            pair.one().send(HELLO, most);
            pair.other().receive(5, received);
            assertThat(received.size()).isEqualTo(UnixSocket.MAX_DESCRIPTORS);
            assertThat(received.truncated()).isFalse();
        }
        try (SocketPair pair = UnixSocket.pair();
                Descriptors received = new Descriptors();
                Descriptor file = Memfd.create("test", PAGE)) {
            pair.one().send(HELLO, Collections.nCopies(18, file));
            pair.other().receive(5, received);
            assertThat(received.size()).isEqualTo(UnixSocket.MAX_DESCRIPTORS);
            assertThat(received.truncated()).isTrue();
            assertThatThrownBy(() -> pair.one().send(HELLO, Collections.nCopies(254, file)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void mapping_behind_the_end_of_a_file_is_refused() throws IOException {
        try (Descriptor file = Memfd.create("test", PAGE)) {
            assertThatThrownBy(() -> Mapping.of(file, PAGE, PAGE, true))
                    .hasMessage("mmap: Invalid argument (22)");
            assertThatThrownBy(() -> Mapping.of(file, 1, 5, true))
                    .hasMessage("mmap: Invalid argument (22)");
        }
    }

    @Test
    void memory_whose_file_is_cut_off_is_lost_and_nothing_worse() throws IOException {
        try (Descriptor file = Memfd.create("test", PAGE);
                Mapping mapping = Mapping.of(file, 0, PAGE, true)) {
            Memfd.resize(file, 0);
            assertThatThrownBy(() -> mapping.memory().image(0, PAGE))
                    .isInstanceOf(MemoryLostException.class)
                    .hasMessage("the memory is lost: its file was truncated");
            assertThatThrownBy(() -> mapping.memory().put(8, HELLO))
                    .isInstanceOf(MemoryLostException.class);
        }
    }

    @Test
    void memory_after_close_is_not_touched() throws IOException {
        try (Descriptor file = Memfd.create("test", PAGE)) {
            Mapping mapping = Mapping.of(file, 0, PAGE, true);
            mapping.close();
            assertThatThrownBy(() -> mapping.memory().u8(0))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void an_event_counts_signals() throws IOException {
        try (EventFd event = EventFd.create()) {
            assertThat(event.drain()).isZero();
            event.signal();
            event.signal();
            assertThat(event.drain()).isEqualTo(2);
        }
    }

    @Test
    void a_descriptor_that_is_no_event_is_refused_and_closed() throws IOException {
        Descriptor file = Memfd.create("test", PAGE);
        assertThatThrownBy(() -> EventFd.of(file)).hasMessage("eventfd: Invalid argument (22)");
        assertThat(file.isOpen()).isFalse();
    }

    @Test
    void a_listener_accepts_and_leaves_no_file(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("s");
        try (UnixListener listener = UnixListener.bind(path);
                UnixSocket client = UnixSocket.connect(path);
                UnixSocket server = listener.accept()) {
            client.send(HELLO, List.of());
            assertThat(server.receive(5)).isEqualTo(HELLO);
        }
        assertThat(path).doesNotExist();
        assertThatThrownBy(() -> UnixSocket.connect(path))
                .hasMessage("connect: No such file or directory (2)");
        Path longer = folder.resolve("x".repeat(120));
        assertThatThrownBy(() -> UnixListener.bind(longer)).hasMessageEndingWith("too long (36)");
    }

    @Test
    void shutdown_ends_accept_and_receive(@TempDir Path folder) throws Exception {
        try (UnixListener listener = UnixListener.bind(folder.resolve("s"));
                SocketPair pair = UnixSocket.pair()) {
            Thread stopper =
                    Thread.ofPlatform()
                            .start(() -> {
                                listener.shutdown();
                                pair.one().shutdown();
                            });
            assertThatThrownBy(listener::accept).isInstanceOf(LinuxException.class);
            assertThat(pair.one().receive(1)).isEqualTo(Image.EMPTY);
            stopper.join();
        }
    }
}
