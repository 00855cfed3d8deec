package igdrom.formats.compress;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;

/// Decompresses LZMA, and LZMA of filtered x86 code.
final class LzmaCodec {
    private LzmaCodec() {}

    static Decompressed decompress(
            Codec codec, Image compressed, Location location, ExpansionBudget budget) {
        LzmaHeader header = LzmaHeader.read(compressed, location);
        int size = budget.checkSize(location, 5, "UncompressedSize", header.size());
        boolean x86 = codec == Codec.LZMA_X86;
        LzmaDecoder decoder = new LzmaDecoder(header, compressed, size, budget);
        try {
            decoder.decode();
        } catch (CorruptStreamException e) {
            Diagnostic damage = Diagnostic.broken(location, decoder.position(), e.problem());
            return new Decompressed.Damaged(codec, decoder.output(x86), damage);
        }
        return new Decompressed.Whole(codec, decoder.output(x86), decoder.position());
    }
}
