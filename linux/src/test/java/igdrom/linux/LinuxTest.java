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

/// Runs on the kernel of the test machine.
@Timeout(600)
class LinuxTest {
    private static final int PAGE = 4096;
    private static final Image HELLO = Image.ofAscii("hello");

    private long openBefore;

    @BeforeEach
    void count_descriptors() throws IOException {
        // The first use of a class may open descriptors of its own.
        EventFd.create().close();
        openBefore = openDescriptors();
    }

    @AfterEach
    void check_that_no_descriptor_is_left_open() throws IOException {
        assertThat(openDescriptors()).isEqualTo(openBefore);
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(LinuxTest::isOurs).count();
        }
    }

    /// Excludes the descriptors of the JVM: jars and directories.
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
    void socket_pair_transfers_bytes() throws IOException {
        try (SocketPair pair = UnixSocket.pair()) {
            pair.first().send(HELLO, List.of());
            assertThat(pair.second().receive(2)).isEqualTo(Image.ofAscii("he"));
            assertThat(pair.second().receive(3)).isEqualTo(Image.ofAscii("llo"));
        }
    }

    @Test
    void message_larger_than_the_buffers_arrives_whole() throws Exception {
        Image large = Image.of(new byte[3_000_001]);
        try (SocketPair pair = UnixSocket.pair()) {
            Thread sender =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    pair.first().send(large, List.of());
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            });
            assertThat(pair.second().receive((int) large.size())).isEqualTo(large);
            sender.join();
        }
    }

    @Test
    void receive_returns_fewer_bytes_at_the_end_of_the_stream() throws IOException {
        try (SocketPair pair = UnixSocket.pair()) {
            pair.first().send(HELLO, List.of());
            pair.first().shutdown();
            assertThat(pair.second().receive(9)).isEqualTo(HELLO);
            assertThat(pair.second().receive(9)).isEqualTo(Image.EMPTY);
        }
    }

    @Test
    void send_to_a_closed_socket_names_the_call() throws IOException {
        try (SocketPair pair = UnixSocket.pair()) {
            pair.second().close();
            assertThatThrownBy(() -> pair.first().send(HELLO, List.of()))
                    .isInstanceOf(LinuxException.class)
                    .hasMessage("sendmsg: Broken pipe (32)");
        }
    }

    @Test
    void sent_file_is_shared_by_sender_and_receiver() throws IOException {
        try (SocketPair pair = UnixSocket.pair();
                Descriptors received = new Descriptors();
                Descriptor file = Memfd.create("test", 2 * PAGE);
                Mapping first = Mapping.of(file, PAGE, PAGE, true)) {
            pair.first().send(HELLO, List.of(file));
            assertThat(pair.second().receive(5, received)).isEqualTo(HELLO);
            assertThat(received.size()).isEqualTo(1);
            assertThat(received.truncated()).isFalse();
            try (Descriptor copy = received.take();
                    Mapping second = Mapping.of(copy, 0, 2 * PAGE, false)) {
                first.memory().put(3, HELLO);
                assertThat(second.memory().image(PAGE + 3, 5)).isEqualTo(HELLO);
                assertThat(copy.fileSize()).isEqualTo(2 * PAGE);
            }
        }
    }

    @Test
    void descriptors_stay_with_the_bytes_they_were_sent_with() throws IOException {
        try (SocketPair pair = UnixSocket.pair();
                Descriptors first = new Descriptors();
                Descriptors second = new Descriptors();
                Descriptor file = Memfd.create("test", PAGE)) {
            pair.first().send(HELLO, List.of());
            pair.first().send(HELLO, List.of(file));
            assertThat(pair.second().receive(5, first)).isEqualTo(HELLO);
            assertThat(pair.second().receive(5, second)).isEqualTo(HELLO);
            assertThat(List.of(first.size(), second.size())).isEqualTo(List.of(0, 1));
        }
    }

    @Test
    void unrequested_descriptors_are_closed() throws IOException {
        try (SocketPair pair = UnixSocket.pair();
                Descriptor file = Memfd.create("test", PAGE)) {
            pair.first().send(HELLO, List.of(file, file));
            assertThat(pair.second().receive(5)).isEqualTo(HELLO);
        }
    }

    @Test
    void excess_descriptors_are_reported_as_truncated() throws IOException {
        try (SocketPair pair = UnixSocket.pair();
                Descriptors received = new Descriptors();
                Descriptor file = Memfd.create("test", PAGE)) {
            List<Descriptor> allowed = Collections.nCopies(UnixSocket.MAX_DESCRIPTORS, file);
            pair.first().send(HELLO, allowed);
            pair.second().receive(5, received);
            assertThat(received.size()).isEqualTo(UnixSocket.MAX_DESCRIPTORS);
            assertThat(received.truncated()).isFalse();
        }
        try (SocketPair pair = UnixSocket.pair();
                Descriptors received = new Descriptors();
                Descriptor file = Memfd.create("test", PAGE)) {
            pair.first().send(HELLO, Collections.nCopies(18, file));
            pair.second().receive(5, received);
            assertThat(received.size()).isEqualTo(UnixSocket.MAX_DESCRIPTORS);
            assertThat(received.truncated()).isTrue();
            assertThatThrownBy(() -> pair.first().send(HELLO, Collections.nCopies(254, file)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void mapping_beyond_the_end_of_a_file_is_refused() throws IOException {
        try (Descriptor file = Memfd.create("test", PAGE)) {
            assertThatThrownBy(() -> Mapping.of(file, PAGE, PAGE, true))
                    .hasMessage("mmap: Invalid argument (22)");
            assertThatThrownBy(() -> Mapping.of(file, 1, 5, true))
                    .hasMessage("mmap: Invalid argument (22)");
        }
    }

    @Test
    void access_to_memory_of_a_truncated_file_throws() throws IOException {
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
    void access_to_memory_after_close_throws() throws IOException {
        try (Descriptor file = Memfd.create("test", PAGE)) {
            Mapping mapping = Mapping.of(file, 0, PAGE, true);
            mapping.close();
            assertThatThrownBy(() -> mapping.memory().u8(0))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void eventfd_counts_signals() throws IOException {
        try (EventFd event = EventFd.create()) {
            assertThat(event.drain()).isZero();
            event.signal();
            event.signal();
            assertThat(event.drain()).isEqualTo(2);
        }
    }

    @Test
    void descriptor_that_is_not_an_eventfd_is_refused_and_closed() throws IOException {
        Descriptor file = Memfd.create("test", PAGE);
        assertThatThrownBy(() -> EventFd.of(file)).hasMessage("eventfd: Invalid argument (22)");
        assertThat(file.isOpen()).isFalse();
    }

    @Test
    void listener_accepts_a_connection_and_deletes_its_file_on_close(@TempDir Path directory)
            throws IOException {
        Path path = directory.resolve("s");
        try (UnixListener listener = UnixListener.bind(path);
                UnixSocket client = UnixSocket.connect(path);
                UnixSocket server = listener.accept()) {
            client.send(HELLO, List.of());
            assertThat(server.receive(5)).isEqualTo(HELLO);
        }
        assertThat(path).doesNotExist();
        assertThatThrownBy(() -> UnixSocket.connect(path))
                .hasMessage("connect: No such file or directory (2)");
        Path longer = directory.resolve("x".repeat(120));
        assertThatThrownBy(() -> UnixListener.bind(longer)).hasMessageEndingWith("too long (36)");
    }

    @Test
    void shutdown_ends_accept_and_receive(@TempDir Path directory) throws Exception {
        try (UnixListener listener = UnixListener.bind(directory.resolve("s"));
                SocketPair pair = UnixSocket.pair()) {
            Thread stopper =
                    Thread.ofPlatform()
                            .start(() -> {
                                listener.shutdown();
                                pair.first().shutdown();
                            });
            assertThatThrownBy(listener::accept).isInstanceOf(LinuxException.class);
            assertThat(pair.first().receive(1)).isEqualTo(Image.EMPTY);
            stopper.join();
        }
    }
}
