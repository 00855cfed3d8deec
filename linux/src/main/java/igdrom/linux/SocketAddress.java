package igdrom.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The address of a UNIX socket.
///
/// Spec: unix(7), `struct sockaddr_un`.
record SocketAddress(MemorySegment segment) {
    static final int AF_UNIX = 1;
    private static final int MAX_PATH_LENGTH = 107;
    private static final int PATH_OFFSET = 2;

    static SocketAddress of(Path path, Arena arena) throws LinuxException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > MAX_PATH_LENGTH) {
            throw new LinuxException("socket path " + path, Native.ENAMETOOLONG);
        }
        MemorySegment segment = arena.allocate(PATH_OFFSET + (long) name.length + 1, 2);
        segment.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, segment, ValueLayout.JAVA_BYTE, PATH_OFFSET, name.length);
        return new SocketAddress(segment);
    }

    int size() {
        return (int) segment.byteSize();
    }
}
