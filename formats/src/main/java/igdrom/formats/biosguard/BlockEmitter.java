package igdrom.formats.biosguard;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Builds blocks for one platform, with a script that contains the offset in the flash. A signed
/// block gets a dummy signature.
public final class BlockEmitter {
    private static final int PLATFORM_SIZE = 16;

    // Public code documents only two operands of the instructions between these.
    private static final long BEGIN = 0x01;
    private static final long END = 0xff;

    private final Image platform;
    private final boolean signed;

    /// @param platform at most 16 characters
    public BlockEmitter(String platform, boolean signed) {
        this.platform = new Emitter().ascii(platform).fillTo(PLATFORM_SIZE, 0).toImage();
        this.signed = signed;
    }

    public Block block(long flashOffset, Image data) {
        Image script =
                new Emitter()
                        .u64(BEGIN)
                        .u32(0)
                        .u32(flashOffset)
                        .u64(0)
                        .u32(0)
                        .u32(data.size())
                        .u64(END)
                        .toImage();
        BlockHeader header =
                new BlockHeader(
                        2,
                        0,
                        platform,
                        signed ? BlockHeader.SIGNED : 0,
                        2,
                        0,
                        Math.toIntExact(script.size()),
                        Math.toIntExact(data.size()),
                        0,
                        0,
                        0);
        Image signature =
                signed
                        ? new Emitter().u32(1).u32(1).fillTo(Block.RSA_2048_SIZE, 0).toImage()
                        : Image.EMPTY;
        return new Block(header, script, data, signature);
    }
}
