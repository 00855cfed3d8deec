package igdrom.formats.compress;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;

/// Unpacks LZMA, and LZMA of filtered x86 code.
///
/// A stream ends with the promised size and a range coder at rest, or with an end marker there.
final class LzmaCodec {
    private static final int FIRST_STEP = 16;

    private LzmaCodec() {}

    static Decompressed decompress(
            Codec codec, Image compressed, Location location, ExpansionBudget budget) {
        LzmaHeader header = LzmaHeader.read(compressed, location);
        int size = budget.checkSize(location, 5, "UncompressedSize", header.size());
        boolean x86 = codec == Codec.LZMA_X86;
        LzmaDecoder decoder = new LzmaDecoder(header, compressed, size, budget);
        try {
            decode(decoder, size);
        } catch (CorruptStreamException e) {
            Diagnostic damage = Diagnostic.broken(location, decoder.position(), e.problem());
            return new Decompressed.Damaged(codec, decoder.output(x86), damage);
        }
        return new Decompressed.Whole(codec, decoder.output(x86), decoder.position());
    }

    private static void decode(LzmaDecoder decoder, int size) throws CorruptStreamException {
        decoder.start();
        // Many short calls: a method that is called often is compiled sooner than one long call.
        for (int step = FIRST_STEP; decoder.written() < size; step++) {
            decoder.decode(step);
        }
        decoder.finish();
    }
}
