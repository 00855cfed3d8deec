package igdrom.formats.biosguard;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import java.util.OptionalLong;

/// A block of flash with the script that writes it.
///
/// @param signature of header, script and data; empty if the block has none, or has it elsewhere
public record Block(BlockHeader header, Image script, Image data, Image signature) {
    /// The size of an RSA-2048 signature: two words, modulus, exponent, signature.
    static final int RSA_2048_SIZE = 8 + 256 + 4 + 256;

    /// The same for RSA-3072.
    static final int RSA_3072_SIZE = 8 + 384 + 4 + 384;

    private static final Image BEGIN = Image.ofHex("0100000000000000");

    /// The offset of the flash address in a script that starts with `begin` and loads the address
    /// into its register I0.
    private static final int ADDRESS_OFFSET = 0x0c;

    /// The offset of the size, which the same script loads into its register I2.
    private static final int SIZE_OFFSET = 0x1c;

    /// Reads a block whose signature, if it has one, is stored elsewhere.
    ///
    /// @throws MalformedImageException when the block is truncated
    public static Block read(Cursor in) {
        BlockHeader header = BlockHeader.read(in);
        return new Block(
                header,
                in.image("Script", header.scriptSize()),
                in.image("Data", header.dataSize()),
                Image.EMPTY);
    }

    /// Reads a block that is followed by its signature.
    ///
    /// @throws MalformedImageException when the block is truncated
    public static Block readSigned(Cursor in) {
        long start = in.position();
        Block block = read(in);
        if (!block.header.signed()) {
            return block;
        }
        Image nextStart = in.image().slice(start, BlockHeader.COMMON_SIZE);
        Image signature = in.image("Signature", signatureSize(in, nextStart));
        return new Block(block.header, block.script, block.data, signature);
    }

    /// @param nextStart the first bytes of the next block, if there is one
    private static int signatureSize(Cursor in, Image nextStart) {
        long at = in.position();
        if (in.remaining() < 4) {
            return RSA_2048_SIZE;
        }
        int kind = (int) Math.min(in.image().u32(at), 4);
        return switch (kind) {
            case 1 -> RSA_2048_SIZE;
            case 2, 3 -> RSA_3072_SIZE;
            default ->
                    in.image().matches(at + RSA_2048_SIZE, nextStart)
                            ? RSA_2048_SIZE
                            : RSA_3072_SIZE;
        };
    }

    /// The offset in the flash that the script writes the data to; empty if the script does not
    /// start like the known ones.
    public OptionalLong flashOffset() {
        boolean known =
                script.startsWith(BEGIN)
                        && script.size() >= SIZE_OFFSET + 4
                        && script.u32(SIZE_OFFSET) == data.size();
        return known ? OptionalLong.of(script.u32(ADDRESS_OFFSET)) : OptionalLong.empty();
    }

    public long size() {
        return BlockHeader.SIZE + script.size() + data.size() + signature.size();
    }

    public void write(Emitter out) {
        header.write(out);
        out.image(script).image(data).image(signature);
    }
}
