package igdrom.vfiouser.wire;

import igdrom.bytes.Image;

/// The body of a message while it is read, and the number of descriptors that came with it.
///
/// Fields are read at fixed offsets, after one check of the size.
final class Payload {
    private final Command command;
    private final Image body;
    private final int descriptors;

    Payload(Command command, Image body, int descriptors) {
        this.command = command;
        this.body = body;
        this.descriptors = descriptors;
    }

    Payload checkSize(long size) throws RefusedException {
        if (body.size() != size) {
            throw invalid("size is 0x%x, expected 0x%x".formatted(body.size(), size));
        }
        return this;
    }

    Payload checkMinSize(long size) throws RefusedException {
        if (body.size() < size) {
            throw invalid("size is 0x%x, the minimum is 0x%x".formatted(body.size(), size));
        }
        return this;
    }

    Payload checkNoDescriptors() throws RefusedException {
        return checkDescriptors(0);
    }

    Payload checkDescriptors(int max) throws RefusedException {
        if (descriptors > max) {
            throw invalid("descriptor count is %d, the maximum is %d".formatted(descriptors, max));
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

    /// Reads `argsz`, the maximum size of the reply.
    ///
    /// @param min size of the reply structure
    int argsz(long min) throws RefusedException {
        long argsz = u32(0);
        if (argsz < min) {
            throw invalid("argsz is 0x%x, the minimum is 0x%x".formatted(argsz, min));
        }
        return (int) Math.min(argsz, Header.MAX_DATA_XFER_SIZE);
    }

    /// Checks reserved bytes, which a later version may give a meaning.
    void checkZero(String fields, int offset, int size) throws RefusedException {
        if (!body.slice(offset, size).isFilledWith(0)) {
            throw invalid(fields + " must be zero");
        }
    }

    /// Reads flags and refuses unsupported ones.
    long flags(int offset, long supported) throws RefusedException {
        long flags = u32(offset);
        if ((flags & ~supported) != 0) {
            throw invalid("flags are 0x%x, supported are 0x%x".formatted(flags, supported));
        }
        return flags;
    }

    /// Checks that a range of addresses is not empty and does not wrap around.
    void checkRange(long start, long size) throws RefusedException {
        if (size == 0 || Long.compareUnsigned(start, -size) > 0) {
            throw invalid(
                    "range of 0x%x bytes at 0x%x is empty or wraps around".formatted(size, start));
        }
    }

    /// Checks and narrows a `count` of bytes to transfer.
    int transferSize(long count) throws RefusedException {
        if (count == 0) {
            throw invalid("count is 0, the minimum is 1");
        }
        if (Long.compareUnsigned(count, Header.MAX_DATA_XFER_SIZE) > 0) {
            throw new RefusedException(
                    Errno.E2BIG,
                    "%s count is 0x%x, the maximum is 0x%x"
                            .formatted(command, count, Header.MAX_DATA_XFER_SIZE));
        }
        return (int) count;
    }

    RefusedException invalid(String problem) {
        return RefusedException.invalid(command + " " + problem);
    }
}
