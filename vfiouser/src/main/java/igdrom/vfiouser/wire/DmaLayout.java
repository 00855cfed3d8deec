package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import java.util.Optional;

/// Where the data of DMA_READ and DMA_WRITE stands. There are two opinions.
public enum DmaLayout {
    /// Behind a `count` of 64 bits.
    ///
    /// Spec: vfio-user, "VFIO_USER_DMA_READ" and "VFIO_USER_DMA_WRITE".
    WIDE_COUNT(16),
    /// Behind a `count` of 32 bits, with four bytes of nothing at the end.
    ///
    /// Source: QEMU, hw/vfio-user/protocol.h, `VFIOUserDMARW` (commit aec6836c), whose data[]
    /// begins before the structure's size says.
    NARROW_COUNT(12);

    private static final int PADDING = 4;
    private static final int HEAD_SIZE = 16;

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

    /// Which one a reply to DMA_READ has; empty when its data has too many zeros to tell.
    static Optional<DmaLayout> of(Image body) {
        if (body.u32(NARROW_COUNT.dataOffset) != 0) {
            return Optional.of(NARROW_COUNT);
        }
        if (!body.from(body.size() - PADDING).isFilledWith(0)) {
            return Optional.of(WIDE_COUNT);
        }
        return Optional.empty();
    }
}
