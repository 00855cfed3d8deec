package igdrom.vfiouser.wire;

import igdrom.bytes.Image;

/// Where the data of DMA_READ and DMA_WRITE stands. There are two opinions, and a client that has
/// the other one writes and reads four bytes beside without a word.
public enum DmaLayout {
    /// Behind a `count` of 64 bits.
    ///
    /// Spec: vfio-user, "VFIO_USER_DMA_READ" and "VFIO_USER_DMA_WRITE". Observed: QEMU 11.1.3.
    WIDE_COUNT(16),
    /// Behind a `count` of 32 bits, with four bytes of nothing at the end.
    ///
    /// Source: QEMU, hw/vfio-user/protocol.h, `VFIOUserDMARW` (commit aec6836c), whose data[]
    /// begins before the structure's size says.
    NARROW_COUNT(12);

    private static final int HEAD_SIZE = 16;

    /// No memory is there, not even on the largest machine.
    private static final long NOWHERE = -4096;

    private static final int E2BIG = 7;
    private static final int EINVAL = 22;

    private final int dataOffset;

    DmaLayout(int dataOffset) {
        this.dataOffset = dataOffset;
    }

    int dataOffset() {
        return dataOffset;
    }

    int tail() {
        return HEAD_SIZE - dataOffset;
    }

    /// A command whose answer tells which one the client has: four bytes written to nowhere. Read
    /// with a `count` of 64 bits, these bytes belong to it, and it is larger than the message.
    public static DmaWrite probe() {
        return new DmaWrite(NOWHERE, Image.ofHex("ffffffff"), NARROW_COUNT);
    }

    /// Which one the client has.
    ///
    /// @param answer to [#probe]
    public static DmaLayout of(Header answer) {
        boolean tooBig = answer.isError() && (answer.error() == E2BIG || answer.error() == EINVAL);
        return tooBig ? WIDE_COUNT : NARROW_COUNT;
    }
}
