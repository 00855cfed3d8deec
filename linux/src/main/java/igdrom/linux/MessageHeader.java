package igdrom.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// The argument of recvmsg and sendmsg: a buffer, and descriptors as ancillary data.
///
/// Spec: recvmsg(2), `struct msghdr`; cmsg(3), `struct cmsghdr`; both with 64-bit words.
final class MessageHeader {
    private static final int IOV_OFFSET = 16;
    private static final int IOV_LENGTH_OFFSET = 24;
    private static final int CONTROL_OFFSET = 32;
    private static final int CONTROL_LENGTH_OFFSET = 40;
    private static final int FLAGS_OFFSET = 48;
    private static final int SIZE = 56;

    private static final int CMSG_LEVEL_OFFSET = 8;
    private static final int CMSG_TYPE_OFFSET = 12;
    private static final int CMSG_DATA_OFFSET = 16;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;

    private final MemorySegment state;
    private final MemorySegment header;
    private final MemorySegment vector;
    private final MemorySegment control;
    private final MemorySegment buffer;

    MessageHeader(Arena arena, int descriptors, int size) {
        state = Native.state(arena);
        header = arena.allocate(SIZE, 8);
        vector = arena.allocate(16, 8);
        control = arena.allocate(align(CMSG_DATA_OFFSET + 4L * descriptors), 8);
        buffer = arena.allocate(size, 8);
        vector.set(JAVA_LONG, 0, buffer.address());
        header.set(JAVA_LONG, IOV_OFFSET, vector.address());
        header.set(JAVA_LONG, IOV_LENGTH_OFFSET, 1);
    }

    MemorySegment state() {
        return state;
    }

    MemorySegment buffer() {
        return buffer;
    }

    int flags() {
        return header.get(JAVA_INT, FLAGS_OFFSET);
    }

    void copyTo(byte[] target, int at, int count) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, target, at, count);
    }

    /// The header for recvmsg of at most `size` bytes.
    MemorySegment forReceiving(int size) {
        return prepare(size, control.byteSize());
    }

    /// The header for sendmsg of `size` bytes.
    MemorySegment forSending(int size, List<Descriptor> descriptors) {
        if (descriptors.isEmpty()) {
            return prepare(size, 0);
        }
        long length = CMSG_DATA_OFFSET + 4L * descriptors.size();
        control.fill((byte) 0);
        control.set(JAVA_LONG, 0, length);
        control.set(JAVA_INT, CMSG_LEVEL_OFFSET, SOL_SOCKET);
        control.set(JAVA_INT, CMSG_TYPE_OFFSET, SCM_RIGHTS);
        for (int i = 0; i < descriptors.size(); i++) {
            control.set(JAVA_INT, CMSG_DATA_OFFSET + 4L * i, descriptors.get(i).number());
        }
        return prepare(size, align(length));
    }

    private MemorySegment prepare(int size, long controlSize) {
        vector.set(JAVA_LONG, 8, size);
        header.set(JAVA_LONG, CONTROL_OFFSET, controlSize == 0 ? 0 : control.address());
        header.set(JAVA_LONG, CONTROL_LENGTH_OFFSET, controlSize);
        header.set(JAVA_INT, FLAGS_OFFSET, 0);
        return header;
    }

    /// Moves the received descriptors into `target`.
    void takeDescriptors(Descriptors target) {
        long end = Math.min(header.get(JAVA_LONG, CONTROL_LENGTH_OFFSET), control.byteSize());
        long at = 0;
        while (at + CMSG_DATA_OFFSET <= end) {
            long length = control.get(JAVA_LONG, at);
            if (length < CMSG_DATA_OFFSET || length > end - at) {
                break;
            }
            if (control.get(JAVA_INT, at + CMSG_LEVEL_OFFSET) == SOL_SOCKET
                    && control.get(JAVA_INT, at + CMSG_TYPE_OFFSET) == SCM_RIGHTS) {
                for (long offset = at + CMSG_DATA_OFFSET; offset + 4 <= at + length; offset += 4) {
                    target.add(new Descriptor(control.get(JAVA_INT, offset)));
                }
            }
            at += align(length);
        }
    }

    private static long align(long size) {
        return (size + 7) & ~7L;
    }
}
