package igdrom.vfiouser.wire;

import igdrom.bytes.Image;

/// The checks that replies to DMA_READ and DMA_WRITE share.
final class DmaReplyChecks {
    private DmaReplyChecks() {}

    static void checkHeader(Header header, Command command) throws RefusedException {
        if (!header.isReply() || header.command() != command.number()) {
            throw RefusedException.invalid(
                    "%s reply has flags 0x%x and command %d"
                            .formatted(command, header.flags(), header.command()));
        }
        if (header.isError()) {
            throw new RefusedException(
                    Errno.EFAULT, "%s failed with error %d".formatted(command, header.error()));
        }
    }

    static void checkRange(Image body, long address, long count) throws RefusedException {
        if (body.u64(0) != address || body.u32(8) != count) {
            throw RefusedException.invalid(
                    "reply covers 0x%x bytes at 0x%x, expected 0x%x at 0x%x"
                            .formatted(body.u32(8), body.u64(0), count, address));
        }
    }
}
