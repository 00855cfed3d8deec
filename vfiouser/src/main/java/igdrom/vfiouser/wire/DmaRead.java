package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Asks the client for bytes of its memory.
///
/// Spec: vfio-user, "VFIO_USER_DMA_READ".
public record DmaRead(long address, int count) implements Request {
    private static final int SIZE = 16;

    public DmaRead {
        if (count <= 0 || count > Header.MAX_DATA_XFER_SIZE) {
            throw new IllegalArgumentException("count is " + count);
        }
    }

    /// Checks a reply to this command.
    ///
    /// @param body what is behind the reply's header
    /// @throws RefusedException when it is an error or does not fit the command
    public void check(Header header, Image body) throws RefusedException {
        DmaReplies.check(header, Command.DMA_READ);
        if (body.size() != SIZE + (long) count) {
            throw RefusedException.invalid(
                    "DMA_READ reply has 0x%x bytes, not 0x%x".formatted(body.size(), SIZE + count));
        }
        DmaReplies.check(body, address, count);
    }

    /// The bytes in a checked reply.
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
