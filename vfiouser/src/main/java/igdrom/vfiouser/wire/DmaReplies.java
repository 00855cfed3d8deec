package igdrom.vfiouser.wire;

import igdrom.bytes.Image;

/// What the replies to DMA_READ and DMA_WRITE have in common.
final class DmaReplies {
    private DmaReplies() {}

    static void check(Header header, Command command) throws RefusedException {
        if (!header.isReply() || header.command() != command.number()) {
            throw RefusedException.invalid(
                    "%s was answered with flags 0x%x of command %d"
                            .formatted(command, header.flags(), header.command()));
        }
        if (header.isError()) {
            throw new RefusedException(
                    Errno.EFAULT, "%s failed with error %d".formatted(command, header.error()));
        }
    }

    static void check(Image body, long address, long count) throws RefusedException {
        if (body.u64(0) != address || body.u32(8) != count) {
            throw RefusedException.invalid(
                    "0x%x bytes at 0x%x were answered with 0x%x at 0x%x"
                            .formatted(count, address, body.u32(8), body.u64(0)));
        }
    }
}
