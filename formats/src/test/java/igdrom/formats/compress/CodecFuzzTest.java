package igdrom.formats.compress;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// Whatever the bytes, unpacking ends within its limit; whatever is packed comes back.
class CodecFuzzTest {
    private static final Location PLACE = Location.root("fuzz");
    private static final long LIMIT = 1 << 18;

    @FuzzTest(maxDuration = "5s")
    void efi_unpacks_or_is_refused(byte[] bytes) {
        decompress(Codec.EFI_1_1, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void tiano_unpacks_or_is_refused(byte[] bytes) {
        decompress(Codec.TIANO, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void lzma_unpacks_or_is_refused(byte[] bytes) {
        decompress(Codec.LZMA_X86, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void brotli_unpacks_or_is_refused(byte[] bytes) {
        decompress(Codec.BROTLI, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void zlib_unpacks_or_is_refused(byte[] bytes) {
        decompress(Codec.ZLIB, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void lz4_unpacks_or_is_refused(byte[] bytes) {
        decompress(Codec.LZ4, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void efi_and_tiano_give_back_what_was_packed(byte[] bytes) {
        giveBack(Codec.EFI_1_1, bytes);
        giveBack(Codec.TIANO, bytes);
    }

    @FuzzTest(maxDuration = "5s")
    void lzma_gives_back_what_was_packed(byte[] bytes) {
        giveBack(Codec.LZMA_X86, bytes);
    }

    private static void decompress(Codec codec, byte[] bytes) {
        try {
            Decompressed decompressed = codec.decompress(Image.of(bytes), PLACE, LIMIT);
            if (decompressed.bytes().size() > LIMIT) {
                throw new AssertionError(decompressed.bytes().size() + " bytes came out");
            }
        } catch (MalformedImageException _) {
            // What is asked of a reader: a clear refusal.
        }
    }

    private static void giveBack(Codec codec, byte[] bytes) {
        Image image = Image.of(bytes.clone());
        if (!codec.decompress(codec.compress(image), PLACE, image.size()).orThrow().equals(image)) {
            throw new AssertionError("other bytes came back");
        }
    }
}
