package igdrom.formats.compress;

import igdrom.bytes.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

/// Packs what [Codec#LZMA] unpacks, with the size in the header as EDK2's tools write it.
public final class LzmaPacker {
    private LzmaPacker() {}

    public static Image pack(Image data) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] bytes = data.toByteArray();
        try (LZMAOutputStream out =
                new LZMAOutputStream(packed, new LZMA2Options(1), bytes.length)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Image.of(packed.toByteArray());
    }
}
