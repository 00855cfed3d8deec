package igdrom.bytes;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A GUID as firmware stores it: the first three groups little endian, the rest byte by byte.
///
/// Spec: UEFI 2.11, "EFI_GUID". `low` and `high` are the two little-endian 64-bit halves in memory.
public record Guid(long low, long high) implements Comparable<Guid> {
    public static final int SIZE = 16;

    /// Reads the registry form, `5BBA83E6-F027-4CA7-BFD0-16358CC9E123`, in either case.
    ///
    /// @throws IllegalArgumentException when it is not of that form
    public static Guid of(String text) {
        if (text.length() != 36) {
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

    // What a record gets by itself is put together by method handles when it is first used. That
    // takes 8 ms each, in every run.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Guid that && low == that.low && high == that.high;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(low ^ high);
    }

    @Override
    public int compareTo(Guid other) {
        return toString().compareTo(other.toString());
    }

    /// The registry form in upper case, as the field writes it.
    @Override
    public String toString() {
        long most = (low << 32) | ((low >>> 16) & 0xffff_0000L) | (low >>> 48);
        return new UUID(most, Long.reverseBytes(high)).toString().toUpperCase(Locale.ROOT);
    }
}
