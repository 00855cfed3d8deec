package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Reads guest memory through the client.
///
/// Spec: vfio-user, "VFIO_USER_DMA_READ".
public record DmaRead(long address, int count) implements Request {
    private static final int SIZE = 16;

    public DmaRead {
        if (count <= 0 || count > Header.MAX_DATA_XFER_SIZE) {
            throw new IllegalArgumentException(
                    "count is " + count + ", expected 1 to " + Header.MAX_DATA_XFER_SIZE);
        }
    }

    /// Checks a reply to this request.
    ///
    /// @param body of the reply, without its header
    /// @throws RefusedException when the reply is an error or does not match the request
    public void checkReply(Header header, Image body) throws RefusedException {
        DmaReplyChecks.checkHeader(header, Command.DMA_READ);
        if (body.size() != SIZE + (long) count) {
            throw RefusedException.invalid(
                    "DMA_READ reply size is 0x%x, expected 0x%x"
                            .formatted(body.size(), SIZE + count));
        }
        DmaReplyChecks.checkRange(body, address, count);
    }

    /// The data in a reply that [#checkReply] accepted.
    public Image data(Image body, DmaLayout layout) {
        return body.slice(layout.dataOffset(), count);
    }

    @Override
    public Command command() {
        return Command.DMA_READ;
    }

    @Override
    public void write(Emitter out) {
        out.u64(address).u64(count);
    }
}
