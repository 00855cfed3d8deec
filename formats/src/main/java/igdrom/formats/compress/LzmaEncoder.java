package igdrom.formats.compress;

import igdrom.bytes.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

/// Packs LZMA with the 13-byte header that sections carry.
///
/// Source: EDK2, BaseTools/Source/C/LzmaCompress.
final class LzmaEncoder {
    /// What EDK2 uses too; larger ones need no more memory in the decoder than the output does.
    private static final int MOST_DICTIONARY = 1 << 23;

    private LzmaEncoder() {}

    static Image compress(Codec codec, Image image) {
        byte[] data = image.toByteArray();
        if (codec == Codec.LZMA_X86) {
            X86Branches.toAbsolute(data, data.length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            LZMA2Options options = new LZMA2Options(LZMA2Options.PRESET_MAX);
            options.setDictSize(
                    Math.clamp(data.length, LZMA2Options.DICT_SIZE_MIN, MOST_DICTIONARY));
            try (LZMAOutputStream lzma = new LZMAOutputStream(out, options, data.length)) {
                lzma.write(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return Image.of(out.toByteArray());
    }
}
