package igdrom.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// What recvmsg and sendmsg take: one buffer, and descriptors beside it.
///
/// Spec: recvmsg(2), `struct msghdr`; cmsg(3), `struct cmsghdr`; both with 64-bit words.
final class MessageHeader {
    private static final int IOV = 16;
    private static final int IOV_LENGTH = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int SIZE = 56;

    private static final int CMSG_LEVEL = 8;
    private static final int CMSG_TYPE = 12;
    private static final int CMSG_DATA = 16;
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
        control = arena.allocate(aligned(CMSG_DATA + 4L * descriptors), 8);
        buffer = arena.allocate(size, 8);
        vector.set(JAVA_LONG, 0, buffer.address());
        header.set(JAVA_LONG, IOV, vector.address());
        header.set(JAVA_LONG, IOV_LENGTH, 1);
    }

    MemorySegment state() {
        return state;
    }

    MemorySegment buffer() {
        return buffer;
    }

    int flags() {
        return header.get(JAVA_INT, FLAGS);
    }

    void copyTo(byte[] target, int at, int count) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, target, at, count);
    }

    MemorySegment forReceiving(int size) {
        return prepare(size, control.byteSize());
    }

    MemorySegment forSending(int size, List<Descriptor> descriptors) {
        if (descriptors.isEmpty()) {
            return prepare(size, 0);
        }
        long length = CMSG_DATA + 4L * descriptors.size();
        control.fill((byte) 0);
        control.set(JAVA_LONG, 0, length);
        control.set(JAVA_INT, CMSG_LEVEL, SOL_SOCKET);
        control.set(JAVA_INT, CMSG_TYPE, SCM_RIGHTS);
        for (int i = 0; i < descriptors.size(); i++) {
            control.set(JAVA_INT, CMSG_DATA + 4L * i, descriptors.get(i).number());
        }
        return prepare(size, aligned(length));
    }

    private MemorySegment prepare(int size, long controlSize) {
        vector.set(JAVA_LONG, 8, size);
        header.set(JAVA_LONG, CONTROL, controlSize == 0 ? 0 : control.address());
        header.set(JAVA_LONG, CONTROL_LENGTH, controlSize);
        header.set(JAVA_INT, FLAGS, 0);
        return header;
    }

    /// Gives what was received an owner.
    void descriptors(Descriptors into) {
        long end = Math.min(header.get(JAVA_LONG, CONTROL_LENGTH), control.byteSize());
        long at = 0;
        while (at + CMSG_DATA <= end) {
            long length = control.get(JAVA_LONG, at);
            if (length < CMSG_DATA || length > end - at) {
                break;
            }
            if (control.get(JAVA_INT, at + CMSG_LEVEL) == SOL_SOCKET
                    && control.get(JAVA_INT, at + CMSG_TYPE) == SCM_RIGHTS) {
                for (long one = at + CMSG_DATA; one + 4 <= at + length; one += 4) {
                    into.add(new Descriptor(control.get(JAVA_INT, one)));
                }
            }
            at += aligned(length);
        }
    }

    private static long aligned(long size) {
        return (size + 7) & ~7L;
    }
}
