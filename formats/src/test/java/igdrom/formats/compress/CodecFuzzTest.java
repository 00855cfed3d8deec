package igdrom.formats.compress;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// Decompression of any bytes stays within its limit; compression of any bytes is reversible.
class CodecFuzzTest {
    private static final Location LOCATION = Location.root("fuzz");
    private static final long LIMIT = 1 << 18;

    @FuzzTest(maxDuration = "5s")
    void efi_decompresses_or_is_refused(byte[] bytes) {
        decompress(Codec.EFI_1_1, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void tiano_decompresses_or_is_refused(byte[] bytes) {
        decompress(Codec.TIANO, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void lzma_decompresses_or_is_refused(byte[] bytes) {
        decompress(Codec.LZMA_X86, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void brotli_decompresses_or_is_refused(byte[] bytes) {
        decompress(Codec.BROTLI, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void zlib_decompresses_or_is_refused(byte[] bytes) {
        decompress(Codec.ZLIB, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void lz4_decompresses_or_is_refused(byte[] bytes) {
        decompress(Codec.LZ4, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void efi_and_tiano_compression_is_reversible(byte[] bytes) {
        checkReversible(Codec.EFI_1_1, bytes);
        checkReversible(Codec.TIANO, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void lzma_compression_is_reversible(byte[] bytes) {
        checkReversible(Codec.LZMA_X86, bytes);
    }

    private static void decompress(Codec codec, byte[] bytes) {
        try {
            Decompressed decompressed = codec.decompress(Image.of(bytes), LOCATION, LIMIT);
            if (decompressed.bytes().size() > LIMIT) {
                throw new AssertionError(
                        "the output has " + decompressed.bytes().size() + " bytes");
            }
        } catch (MalformedImageException _) {
            // Refusal is an acceptable result.
        }
    }

    private static void checkReversible(Codec codec, byte[] bytes) {
        Image image = Image.of(bytes.clone());
        if (!codec.decompress(codec.compress(image), LOCATION, image.size())
                .orThrow()
                .equals(image)) {
            throw new AssertionError("the decompressed bytes differ");
        }
    }
}
