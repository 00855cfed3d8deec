package igdrom.formats.compress;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import java.util.Optional;

/// The result of decompression: all bytes, or the bytes before the damage.
public sealed interface Decompressed {
    Codec codec();

    Image bytes();

    /// Location and reason of the damage, if the stream is damaged.
    default Optional<Diagnostic> damage() {
        return switch (this) {
            case Whole _ -> Optional.empty();
            case Damaged damaged -> Optional.of(damaged.fault);
        };
    }

    /// The bytes of an undamaged stream.
    ///
    /// @throws MalformedImageException with location and reason of the damage
    default Image orThrow() {
        return switch (this) {
            case Whole whole -> whole.bytes();
            case Damaged(_, _, Diagnostic fault) ->
                    throw new MalformedImageException(
                            fault.location(), fault.offset(), fault.problem());
        };
    }

    /// The output of a valid stream: as many bytes as its header promises.
    ///
    /// @param used the size of the stream; the compressed bytes after it are padding
    record Whole(Codec codec, Image bytes, long used) implements Decompressed {}

    /// The output of a truncated or corrupt stream.
    ///
    /// @param bytes the output before the fault; since the formats have no checksums, the last
    ///   bytes may be wrong
    /// @param fault its location in the compressed data, and its reason
    record Damaged(Codec codec, Image bytes, Diagnostic fault) implements Decompressed {}
}
