package igdrom.formats.compress;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;

/// Packs EFI 1.1 and Tiano, better than EDK2 does: it looks for the cheapest division into literals
/// and matches under the codes that this very division leads to, round by round.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Compressor Design" (this is another
/// one). The same bytes in give the same bytes out.
final class EfiEncoder {
    /// More gain next to nothing.
    private static final int ROUNDS = 3;

    private final EfiParser parser;
    private final int size;
    private final int positionCountBits;

    private EfiEncoder(Codec codec, byte[] data) {
        this.parser = new EfiParser(data, EfiFormat.window(codec));
        this.size = data.length;
        this.positionCountBits = EfiFormat.positionCountBits(codec);
    }

    static Image compress(Codec codec, Image image) {
        byte[] data = image.toByteArray();
        BitSink stream = new BitSink();
        for (EfiBlock block : new EfiEncoder(codec, data).blocks()) {
            block.write(stream);
        }
        // EDK2 ends its streams with a NUL, which decoders that read ahead may rely on.
        Image body = new Emitter().image(Image.of(stream.toByteArray())).u8(0).toImage();
        return new Emitter().u32(body.size()).u32(data.length).image(body).toImage();
    }

    private List<EfiBlock> blocks() {
        EfiSymbols symbols = parser.parse(0, size, EfiCosts.guess());
        EfiCounts counts = EfiCounts.of(symbols, 0, symbols.size());
        symbols = parser.parse(0, size, EfiCosts.of(counts));
        int[] cuts = EfiSplitter.cuts(symbols);
        List<EfiBlock> blocks = new ArrayList<>();
        int at = 0;
        for (int i = 0; i + 1 < cuts.length; i++) {
            int end = at;
            for (int index = cuts[i]; index < cuts[i + 1]; index++) {
                end += EfiSymbols.length(symbols.get(index));
            }
            EfiBlock block = new EfiBlock(symbols, cuts[i], cuts[i + 1], positionCountBits);
            blocks.add(improve(block, at, end));
            at = end;
        }
        return blocks;
    }

    /// Divides the bytes of a block anew, a few times, each time under the codes of the time
    /// before.
    private EfiBlock improve(EfiBlock first, int from, int to) {
        EfiBlock best = first;
        EfiBlock block = first;
        for (int round = 0; round < ROUNDS; round++) {
            EfiSymbols symbols = parser.parse(from, to, EfiCosts.of(block.counts()));
            if (symbols.size() > EfiFormat.LARGEST_BLOCK) {
                break;
            }
            block = new EfiBlock(symbols, 0, symbols.size(), positionCountBits);
            if (block.bits() < best.bits()) {
                best = block;
            }
        }
        return best;
    }
}
