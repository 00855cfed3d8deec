package igdrom.formats.compress;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.Arrays;

/// Compresses EFI 1.1 and Tiano: LZ77 with lazy matching, then blocks of Huffman codes.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Compressor Design". The same input
/// always gives the same output.
final class EfiEncoder {
    /// The number of symbols that share Huffman codes: enough to be worth the header of a block,
    /// and few enough to adapt to code and data.
    private static final int BLOCK_SYMBOLS = 1 << 14;

    private EfiEncoder() {}

    static Image compress(Codec codec, Image image) {
        int[] symbols = parse(image.toByteArray(), EfiFormat.window(codec));
        BitWriter stream = new BitWriter();
        for (int from = 0; from < symbols.length; from += BLOCK_SYMBOLS) {
            int to = Math.min(from + BLOCK_SYMBOLS, symbols.length);
            new EfiBlock(Arrays.copyOfRange(symbols, from, to)).write(stream, codec);
        }
        // EDK2 ends its streams with a NUL, and decoders that read ahead may rely on it.
        Image body = new Emitter().image(Image.of(stream.toByteArray())).u8(0).toImage();
        return new Emitter().u32(body.size()).u32(image.size()).image(body).toImage();
    }

    /// Divides data into literals and matches. A match is delayed by a literal where the next
    /// offset has a longer one.
    private static int[] parse(byte[] data, int window) {
        int[] candidates = MatchFinder.findAll(data, window);
        int[] symbols = new int[data.length];
        int count = 0;
        int at = 0;
        while (at < data.length) {
            int symbol = candidates[at];
            boolean delay =
                    at + 1 < data.length
                            && EfiSymbol.length(candidates[at + 1]) > EfiSymbol.length(symbol);
            symbols[count] = delay ? EfiSymbol.literal(data[at]) : symbol;
            at += EfiSymbol.length(symbols[count++]);
        }
        return Arrays.copyOf(symbols, count);
    }
}
