package igdrom.vfiouser.wire;

import igdrom.bytes.Image;

/// Where the data starts in DMA_READ and DMA_WRITE messages. Clients differ, and one that uses the
/// other layout silently reads and writes memory shifted by four bytes.
public enum DmaLayout {
    /// After a `count` of 64 bits.
    ///
    /// Spec: vfio-user, "VFIO_USER_DMA_READ" and "VFIO_USER_DMA_WRITE". Observed: QEMU 11.1.3.
    WIDE_COUNT(16),
    /// After a `count` of 32 bits, with four bytes of padding at the end.
    ///
    /// Source: QEMU, hw/vfio-user/protocol.h, `VFIOUserDMARW` (commit aec6836c): data[] starts
    /// inside the padding that the size of the structure includes.
    NARROW_COUNT(12);

    private static final int HEAD_SIZE = 16;

    /// The last page of the address space, where no machine has memory.
    private static final long UNUSED_ADDRESS = -4096;

    private static final int E2BIG = 7;
    private static final int EINVAL = 22;

    private final int dataOffset;

    DmaLayout(int dataOffset) {
        this.dataOffset = dataOffset;
    }

    int dataOffset() {
        return dataOffset;
    }

    /// The size of the padding after the data.
    int paddingSize() {
        return HEAD_SIZE - dataOffset;
    }

    /// A request whose reply reveals the layout of the client: a write of four bytes to an unused
    /// address. A client that expects a `count` of 64 bits takes the four bytes for its upper half
    /// and refuses the message as too large.
    public static DmaWrite probe() {
        return new DmaWrite(UNUSED_ADDRESS, Image.ofHex("ffffffff"), NARROW_COUNT);
    }

    /// The layout that the client uses.
    ///
    /// @param reply the header of the reply to [#probe]
    public static DmaLayout of(Header reply) {
        boolean tooLarge = reply.isError() && (reply.error() == E2BIG || reply.error() == EINVAL);
        return tooLarge ? WIDE_COUNT : NARROW_COUNT;
    }
}
