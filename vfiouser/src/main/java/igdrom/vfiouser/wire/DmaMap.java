package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Announces guest memory that the device may access. If a descriptor comes with the message, the
/// server may map it; otherwise the memory is read and written by messages.
///
/// Spec: vfio-user, "VFIO_USER_DMA_MAP".
///
/// @param offset of the memory in the file of the descriptor
/// @param mapped whether a descriptor came with the message
public record DmaMap(
        boolean readable, boolean writable, long offset, long address, long size, boolean mapped)
        implements Request {
    static final int SIZE = 32;
    private static final long READABLE = 1;
    private static final long WRITABLE = 2;

    static DmaMap read(Payload in) throws RefusedException {
        in.checkSize(SIZE).checkDescriptors(1);
        long argsz = in.u32(0);
        if (argsz != SIZE) {
            throw in.invalid("argsz is 0x%x, expected 0x%x".formatted(argsz, SIZE));
        }
        long flags = in.flags(4, READABLE | WRITABLE);
        boolean mapped = in.descriptors() == 1;
        long offset = in.u64(8);
        long size = in.u64(24);
        in.checkRange(in.u64(16), size);
        if (mapped) {
            // File offsets are signed.
            if (offset < 0 || size < 0 || offset > Long.MAX_VALUE - size) {
                throw in.invalid(
                        "range of 0x%x bytes at file offset 0x%x exceeds the largest file"
                                .formatted(size, offset));
            }
        } else if (offset != 0) {
            throw in.invalid("offset is 0x%x, expected 0 without a descriptor".formatted(offset));
        }
        return new DmaMap(
                (flags & READABLE) != 0, (flags & WRITABLE) != 0, offset, in.u64(16), size, mapped);
    }

    @Override
    public Command command() {
        return Command.DMA_MAP;
    }

    @Override
    public void write(Emitter out) {
        out.u32(SIZE)
                .u32((readable ? READABLE : 0) | (writable ? WRITABLE : 0))
                .u64(offset)
                .u64(address)
                .u64(size);
    }
}
