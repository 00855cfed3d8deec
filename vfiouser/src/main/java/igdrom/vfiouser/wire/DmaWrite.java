package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Writes guest memory through the client.
///
/// Spec: vfio-user, "VFIO_USER_DMA_WRITE".
public record DmaWrite(long address, Image data, DmaLayout layout) implements Request {
    private static final int NARROW_SIZE = 12;
    private static final int SIZE = 16;

    public DmaWrite {
        if (data.isEmpty() || data.size() > Header.MAX_DATA_XFER_SIZE) {
            throw new IllegalArgumentException(
                    "count is " + data.size() + ", expected 1 to " + Header.MAX_DATA_XFER_SIZE);
        }
    }

    /// Checks a reply to this request. Three sizes are valid: the structure of the specification,
    /// whose count has 32 bits; that of QEMU, which is four bytes longer; and a header alone, which
    /// QEMU sends too.
    ///
    /// @param body of the reply, without its header
    /// @throws RefusedException when the reply is an error or does not match the request
    public void checkReply(Header header, Image body) throws RefusedException {
        DmaReplyChecks.checkHeader(header, Command.DMA_WRITE);
        if (body.isEmpty()) {
            return;
        }
        if (body.size() != NARROW_SIZE && body.size() != SIZE) {
            throw RefusedException.invalid(
                    "DMA_WRITE reply size is 0x%x, expected 0, 0xc or 0x10".formatted(body.size()));
        }
        DmaReplyChecks.checkRange(body, address, data.size());
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
        out.image(data).fill(0, layout.paddingSize());
    }
}
