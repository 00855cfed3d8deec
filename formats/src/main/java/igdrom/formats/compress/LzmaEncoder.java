package igdrom.formats.compress;

import igdrom.bytes.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

/// Compresses LZMA with the 13-byte header of sections.
///
/// Source: EDK2, BaseTools/Source/C/LzmaCompress.
final class LzmaEncoder {
    /// The size that EDK2 uses.
    private static final int MAX_DICTIONARY_SIZE = 1 << 23;

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
                    Math.clamp(data.length, LZMA2Options.DICT_SIZE_MIN, MAX_DICTIONARY_SIZE));
            try (LZMAOutputStream lzma = new LZMAOutputStream(out, options, data.length)) {
                lzma.write(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return Image.of(out.toByteArray());
    }
}
