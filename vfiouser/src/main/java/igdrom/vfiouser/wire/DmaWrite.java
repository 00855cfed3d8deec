package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Asks the client to write bytes to its memory.
///
/// Spec: vfio-user, "VFIO_USER_DMA_WRITE".
public record DmaWrite(long address, Image data, DmaLayout layout) implements Request {
    private static final int NARROW_SIZE = 12;
    private static final int SIZE = 16;

    public DmaWrite {
        if (data.isEmpty() || data.size() > Header.MAX_DATA_XFER_SIZE) {
            throw new IllegalArgumentException("count is " + data.size());
        }
    }

    /// Checks a reply to this command. The specification's count has 32 bits in it, QEMU's
    /// structure has four bytes more, or it sends the header alone.
    ///
    /// @param body what is behind the reply's header
    /// @throws RefusedException when it is an error or does not fit the command
    public void check(Header header, Image body) throws RefusedException {
        DmaReplies.check(header, Command.DMA_WRITE);
        if (body.isEmpty()) {
            return;
        }
        if (body.size() != NARROW_SIZE && body.size() != SIZE) {
            throw RefusedException.invalid(
                    "DMA_WRITE reply has 0x%x bytes, not 0, 0xc or 0x10".formatted(body.size()));
        }
        DmaReplies.check(body, address, data.size());
    }

    @Override
    public Command command() {
        return Command.DMA_WRITE;
    }

    @Override
    public void write(Emitter out) {
        out.u64(address);
        switch (layout) {
            case WIDE_COUNT -> out.u64(data.size());
            case NARROW_COUNT -> out.u32(data.size());
        }
        out.image(data).fill(0, layout.tail());
    }
}
