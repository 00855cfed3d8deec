package igdrom.formats.compress;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Compresses EFI 1.1 and Tiano: the best sequence of literals and matches, in blocks with Huffman
/// codes of their own where that is worth the header of a block.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Compressor Design". The same input
/// always gives the same output.
final class EfiEncoder {
    /// A part of the data that is divided into blocks at once, at most
    /// [EfiFormat#MAX_BLOCK_SYMBOLS].
    private static final int PART = 1 << 15;

    /// Blocks begin and end at multiples of this.
    private static final int GRAIN = 1 << 10;

    private EfiEncoder() {}

    static Image compress(Codec codec, Image image) {
        byte[] data = image.toByteArray();
        MatchFinder finder = new MatchFinder(data, EfiFormat.window(codec));
        BitWriter stream = new BitWriter();
        for (int from = 0; from < data.length; from += PART) {
            int to = Math.min(from + PART, data.length);
            EfiParser parser = new EfiParser(data, from, finder.find(from, to));
            write(parser, from, to, parser.parse(from, to), stream, codec);
        }
        // EDK2 ends its streams with a NUL, and decoders that read ahead may rely on it.
        Image body = new Emitter().image(Image.of(stream.toByteArray())).u8(0).toImage();
        return new Emitter().u32(body.size()).u32(image.size()).image(body).toImage();
    }

    /// Writes the data from one offset to another as one block, or as the two that are smallest.
    private static void write(
            EfiParser parser, int from, int to, EfiBlock whole, BitWriter stream, Codec codec) {
        int best = whole.bits(codec);
        int bestCut = from;
        EfiBlock bestFirst = whole;
        EfiBlock bestSecond = EfiBlock.EMPTY;
        for (int cut = from + GRAIN; cut < to; cut += GRAIN) {
            EfiBlock first = parser.parse(from, cut);
            EfiBlock second = parser.parse(cut, to);
            int bits = first.bits(codec) + second.bits(codec);
            if (bits < best) {
                best = bits;
                bestCut = cut;
                bestFirst = first;
                bestSecond = second;
            }
        }
        if (bestCut == from) {
            whole.write(stream, codec);
            return;
        }
        write(parser, from, bestCut, bestFirst, stream, codec);
        write(parser, bestCut, to, bestSecond, stream, codec);
    }
}
