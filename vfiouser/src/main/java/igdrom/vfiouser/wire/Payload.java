package igdrom.vfiouser.wire;

import igdrom.bytes.Image;

/// The bytes behind a header while they are read, and how many descriptors came with them.
///
/// Fields are read at fixed offsets: the size is checked first, once.
final class Payload {
    private final Command command;
    private final Image body;
    private final int descriptors;

    Payload(Command command, Image body, int descriptors) {
        this.command = command;
        this.body = body;
        this.descriptors = descriptors;
    }

    /// This many bytes, not one more or less.
    Payload exactly(long size) throws RefusedException {
        if (body.size() != size) {
            throw invalid("has 0x%x bytes, not 0x%x".formatted(body.size(), size));
        }
        return this;
    }

    Payload atLeast(long size) throws RefusedException {
        if (body.size() < size) {
            throw invalid("has 0x%x bytes, 0x%x are needed".formatted(body.size(), size));
        }
        return this;
    }

    Payload withoutDescriptors() throws RefusedException {
        return withDescriptors(0);
    }

    /// At most this many.
    Payload withDescriptors(int most) throws RefusedException {
        if (descriptors > most) {
            throw invalid("came with %d descriptors, at most %d".formatted(descriptors, most));
        }
        return this;
    }

    int descriptors() {
        return descriptors;
    }

    long size() {
        return body.size();
    }

    int u16(int offset) {
        return body.u16(offset);
    }

    long u32(int offset) {
        return body.u32(offset);
    }

    long u64(int offset) {
        return body.u64(offset);
    }

    Image from(int offset) {
        return body.from(offset);
    }

    Image slice(int offset, long size) {
        return body.slice(offset, size);
    }

    /// An `argsz` field: room for the reply, which must be at least `least`.
    int argsz(long least) throws RefusedException {
        long argsz = u32(0);
        if (argsz < least) {
            throw invalid("argsz is 0x%x, 0x%x are needed".formatted(argsz, least));
        }
        return (int) Math.min(argsz, Header.MAX_DATA_XFER_SIZE);
    }

    /// Bytes that a later version may give a meaning.
    void zero(String fields, int offset, int size) throws RefusedException {
        if (!body.slice(offset, size).isFilledWith(0)) {
            throw invalid(fields + " must be zero");
        }
    }

    /// No flags but these.
    long flags(int offset, long known) throws RefusedException {
        long flags = u32(offset);
        if ((flags & ~known) != 0) {
            throw invalid("flags are 0x%x, known are 0x%x".formatted(flags, known));
        }
        return flags;
    }

    /// A range of addresses that does not wrap around and is not empty.
    void range(long start, long size) throws RefusedException {
        if (size == 0 || Long.compareUnsigned(start, -size) > 0) {
            throw invalid("has an impossible range, 0x%x bytes at 0x%x".formatted(size, start));
        }
    }

    /// A `count` of bytes to transfer.
    int transfer(long count) throws RefusedException {
        if (count == 0) {
            throw invalid("count is 0");
        }
        if (Long.compareUnsigned(count, Header.MAX_DATA_XFER_SIZE) > 0) {
            throw new RefusedException(
                    Errno.E2BIG,
                    command
                            + " count is 0x%x, the most is 0x%x"
                                    .formatted(count, Header.MAX_DATA_XFER_SIZE));
        }
        return (int) count;
    }

    RefusedException invalid(String problem) {
        return RefusedException.invalid(command + " " + problem);
    }
}
