package igdrom.formats.biosguard;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import java.util.OptionalLong;

/// A block of flash, and what BIOS Guard needs to write it.
///
/// @param signature behind the data; empty where there is none, or where it stands elsewhere
public record Block(BlockHeader header, Image script, Image data, Image signature) {
    /// What a signature of each kind takes: two words, modulus, exponent, signature.
    static final int RSA_2048 = 8 + 256 + 4 + 256;

    static final int RSA_3072 = 8 + 384 + 4 + 384;

    private static final Image BEGIN = Image.ofHex("0100000000000000");

    /// Where in a script of the known kind, behind its `begin`, the address and the size stand that
    /// it sets its registers I0 and I2 to.
    private static final int ADDRESS_AT = 0x0c;

    private static final int SIZE_AT = 0x1c;

    /// Reads a block whose signature, if it has one, is elsewhere.
    ///
    /// @throws MalformedImageException when it is not all there
    public static Block read(Cursor in) {
        BlockHeader header = BlockHeader.read(in);
        return new Block(
                header,
                in.image("Script", header.scriptSize()),
                in.image("Data", header.dataSize()),
                Image.EMPTY);
    }

    /// Reads a block with its signature behind it.
    ///
    /// @throws MalformedImageException when it is not all there
    public static Block readSigned(Cursor in) {
        long start = in.position();
        Block block = read(in);
        if (!block.header.signed()) {
            return block;
        }
        Image same = in.image().slice(start, BlockHeader.SAME);
        Image signature = in.image("Signature", signatureSize(in, same));
        return new Block(block.header, block.script, block.data, signature);
    }

    /// @param same what the next block begins with, where there is one
    private static int signatureSize(Cursor in, Image same) {
        long at = in.position();
        if (in.remaining() < 4) {
            return RSA_2048;
        }
        int kind = (int) Math.min(in.image().u32(at), 4);
        return switch (kind) {
            case 1 -> RSA_2048;
            case 2, 3 -> RSA_3072;
            default -> in.image().matches(at + RSA_2048, same) ? RSA_2048 : RSA_3072;
        };
    }

    /// Where in the flash the script writes the data; empty when the script is not of the kind that
    /// says so at its start.
    public OptionalLong flashOffset() {
        boolean known =
                script.startsWith(BEGIN)
                        && script.size() >= SIZE_AT + 4
                        && script.u32(SIZE_AT) == data.size();
        return known ? OptionalLong.of(script.u32(ADDRESS_AT)) : OptionalLong.empty();
    }

    public long size() {
        return BlockHeader.SIZE + script.size() + data.size() + signature.size();
    }

    public void write(Emitter out) {
        header.write(out);
        out.image(script).image(data).image(signature);
    }
}
