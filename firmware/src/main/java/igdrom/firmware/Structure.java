package igdrom.firmware;

import igdrom.bytes.Image;
import java.util.List;
import java.util.Optional;

/// A structure that may begin at any offset of an image.
///
/// There is one class per structure, and [Structures#ALL] lists them all. The search for
/// signatures, the choice of a reader and the kind of a file follow from that list.
interface Structure {
    /// The signatures by which the structure is found. Any one of them suffices.
    List<Signature> signatures();

    /// Whether the structure appears to begin at `offset`.
    ///
    /// @param image contains one of the signatures there
    boolean beginsAt(Image image, long offset);

    /// The kind of a file that begins with the structure; absent when the first bytes do not decide
    /// it.
    default Optional<FileKind> fileKind() {
        return Optional.empty();
    }

    /// Reads the structure and everything nested in it.
    ///
    /// @param candidate a location for which [#beginsAt] is true
    /// @param context of the data that contains the structure
    /// @return empty when the bytes turn out not to be this structure
    /// @throws igdrom.bytes.MalformedImageException when a field is invalid, which also happens
    ///   when the bytes are not this structure
    Optional<Reading> read(Candidate candidate, Context context);
}
