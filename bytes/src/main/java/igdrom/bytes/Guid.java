package igdrom.bytes;

import java.util.Locale;
import java.util.UUID;

/// A GUID as firmware stores it: the first three groups little endian, the rest in byte order.
///
/// Spec: UEFI 2.11, "EFI_GUID".
///
/// @param low the first eight bytes in memory as a little-endian number
/// @param high the last eight bytes in memory as a little-endian number
public record Guid(long low, long high) implements Comparable<Guid> {
    public static final int SIZE = 16;

    private static final int TEXT_LENGTH = 36;

    /// Parses the registry form, `5BBA83E6-F027-4CA7-BFD0-16358CC9E123`, in either case.
    ///
    /// @throws IllegalArgumentException when `text` has another form
    public static Guid of(String text) {
        if (text.length() != TEXT_LENGTH) {
            throw new IllegalArgumentException("not a GUID: " + text);
        }
        UUID uuid = UUID.fromString(text);
        long most = uuid.getMostSignificantBits();
        long low = (most >>> 32) | ((most & 0xffff_0000L) << 16) | (most << 48);
        return new Guid(low, Long.reverseBytes(uuid.getLeastSignificantBits()));
    }

    public Image image() {
        return new Emitter().guid(this).toImage();
    }

    /// Compares the registry forms.
    @Override
    public int compareTo(Guid other) {
        return toString().compareTo(other.toString());
    }

    /// The registry form in upper case.
    @Override
    public String toString() {
        long most = (low << 32) | ((low >>> 16) & 0xffff_0000L) | (low >>> 48);
        return new UUID(most, Long.reverseBytes(high)).toString().toUpperCase(Locale.ROOT);
    }
}
