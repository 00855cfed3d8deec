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
    /// Rounds of dividing everything, to have something to cut into blocks.
    private static final int FIRST_ROUNDS = 3;

    /// Rounds of cutting, and of dividing each block under its own codes.
    private static final int CUTS = 3;

    private static final int BLOCK_ROUNDS = 5;

    private final EfiParser parser;
    private final int size;
    private final int positionCountBits;

    private EfiEncoder(Codec codec, byte[] data) {
        this.parser = new EfiParser(data, EfiFormat.window(codec));
        this.size = data.length;
        this.positionCountBits = EfiFormat.positionCountBits(codec);
    }

    static Image pack(Codec codec, Image image) {
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
        for (int round = 1; round < FIRST_ROUNDS; round++) {
            EfiCounts counts = EfiCounts.of(symbols, 0, symbols.size());
            symbols = parser.parse(0, size, EfiCosts.of(counts));
        }
        List<EfiBlock> best = List.of();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < CUTS; round++) {
            List<EfiBlock> blocks = new ArrayList<>();
            symbols = improve(symbols, blocks);
            long bits = 0;
            for (EfiBlock block : blocks) {
                bits += block.bits();
            }
            if (bits < least) {
                least = bits;
                best = blocks;
            }
        }
        return best;
    }

    /// Cuts `symbols` into blocks and divides each anew.
    ///
    /// @param blocks where they go
    /// @return their symbols
    private EfiSymbols improve(EfiSymbols symbols, List<EfiBlock> blocks) {
        int[] cuts = EfiSplitter.cuts(symbols);
        EfiSymbols improved = new EfiSymbols();
        int at = 0;
        for (int i = 0; i + 1 < cuts.length; i++) {
            int end = at;
            for (int index = cuts[i]; index < cuts[i + 1]; index++) {
                end += EfiSymbols.length(symbols.get(index));
            }
            EfiBlock block = new EfiBlock(symbols, cuts[i], cuts[i + 1], positionCountBits);
            block = improve(block, at, end);
            block.addTo(improved);
            blocks.add(block);
            at = end;
        }
        return improved;
    }

    private EfiBlock improve(EfiBlock first, int from, int to) {
        EfiBlock best = first;
        EfiBlock block = first;
        for (int round = 0; round < BLOCK_ROUNDS; round++) {
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
