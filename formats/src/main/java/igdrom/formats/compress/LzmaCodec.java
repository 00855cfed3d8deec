package igdrom.formats.compress;

import igdrom.bytes.Finding;
import igdrom.bytes.Image;
import igdrom.bytes.Place;

/// Unpacks LZMA, and LZMA of filtered x86 code.
///
/// A stream ends with the promised size and a range coder at rest, or with an end marker there.
final class LzmaCodec {
    private static final int FIRST_STEP = 16;

    private LzmaCodec() {}

    static Unpacked unpack(Codec codec, Image packed, Place place, long limit) {
        LzmaHeader header = LzmaHeader.read(packed, place);
        int size = Growth.size(place, 5, "UncompressedSize", header.size(), limit);
        LzmaDecoder decoder = new LzmaDecoder(header, packed, size);
        try {
            decode(decoder, size);
        } catch (Damage e) {
            Finding damage = Finding.broken(place, decoder.position(), e.problem());
            return new Unpacked.Damaged(codec, bytes(codec, decoder), damage);
        }
        return new Unpacked.Whole(codec, bytes(codec, decoder), decoder.position());
    }

    private static void decode(LzmaDecoder decoder, int size) throws Damage {
        decoder.start();
        // Many short calls: a method that is called often is compiled sooner than one long call.
        for (int step = FIRST_STEP; decoder.written() < size; step++) {
            decoder.decode(step);
        }
        decoder.finish();
    }

    private static Image bytes(Codec codec, LzmaDecoder decoder) {
        if (codec == Codec.LZMA_X86) {
            X86Branches.toRelative(decoder.output(), decoder.written());
        }
        return Image.of(decoder.output(), decoder.written());
    }
}
