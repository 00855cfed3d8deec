package igdrom.formats.compress;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import java.util.Optional;

/// What came out of packed data: all of it, or what there was before the damage.
public sealed interface Decompressed {
    Codec codec();

    Image bytes();

    /// What is wrong with the stream.
    default Optional<Diagnostic> damage() {
        // No switch where every image passes: docs/decisions/0005.
        return this instanceof Damaged damaged ? Optional.of(damaged.fault) : Optional.empty();
    }

    /// The bytes when they are whole.
    ///
    /// @throws MalformedImageException when they are not, with place and reason of the damage
    default Image orThrow() {
        return switch (this) {
            case Whole whole -> whole.bytes();
            case Damaged(_, _, Diagnostic fault) ->
                    throw new MalformedImageException(
                            fault.location(), fault.offset(), fault.problem());
        };
    }

    /// As many bytes as the header promised, from a stream without a fault.
    ///
    /// @param used how many packed bytes belong to the stream; the rest is padding
    record Whole(Codec codec, Image bytes, long used) implements Decompressed {}

    /// A stream that ends early or does not decode.
    ///
    /// @param bytes what came out before; as the formats have no checksums, the last of them may be
    ///   wrong already
    /// @param fault where in the packed data it was noticed, and what
    record Damaged(Codec codec, Image bytes, Diagnostic fault) implements Decompressed {}
}
