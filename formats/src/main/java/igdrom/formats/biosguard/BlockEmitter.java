package igdrom.formats.biosguard;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Builds blocks for one platform: with a script that writes each to its place in the flash, and
/// with room for a signature, which nobody here can make.
public final class BlockEmitter {
    private static final int PLATFORM_SIZE = 16;

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
                        .u64(1)
                        .u32(0x52)
                        .u32(flashOffset)
                        .u64(0x0001_0052)
                        .u32(0x0002_0052)
                        .u32(data.size())
                        .u64(0xff)
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
                        ? new Emitter().u32(1).u32(1).fillTo(Block.RSA_2048, 0).toImage()
                        : Image.EMPTY;
        return new Block(header, script, data, signature);
    }
}
