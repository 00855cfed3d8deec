package igdrom.testing;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import java.util.function.Consumer;

/// Damages a small image in every simple way and reads each result. The reader must succeed or
/// throw [MalformedImageException].
public final class Bruises {
    private static final int[] VALUES = {0x00, 0x7f, 0xff};

    private Bruises() {}

    /// Tries every truncation, then every byte set to 00, 7f and ff.
    public static void all(Image sound, Consumer<Image> reader) {
        truncations(sound, reader);
        bytes(sound, 1, reader);
    }

    public static void truncations(Image sound, Consumer<Image> reader) {
        for (long size = 0; size < sound.size(); size++) {
            tryRead(sound.slice(0, size), reader, "truncated to 0x" + Long.toHexString(size));
        }
    }

    /// Tries every `step`-th byte set to 00, 7f and ff.
    public static void bytes(Image sound, int step, Consumer<Image> reader) {
        for (int at = 0; at < sound.size(); at += step) {
            for (int value : VALUES) {
                byte[] bruised = sound.toByteArray();
                bruised[at] = (byte) value;
                tryRead(Image.of(bruised), reader, "0x%x set to 0x%02x".formatted(at, value));
            }
        }
    }

    private static void tryRead(Image bruised, Consumer<Image> reader, String damage) {
        try {
            reader.accept(bruised);
        } catch (MalformedImageException _) {
            // Refusing the damaged image is correct.
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("reading the sample with " + damage + " threw " + e, e);
        }
    }
}
