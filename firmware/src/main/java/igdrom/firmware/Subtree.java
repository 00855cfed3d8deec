package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The result of reading one part of an image.
///
/// @param artifacts in and below this part, in the order of the image
/// @param fileName the name that a user interface section in this part gives to the file around it
record Subtree(
        Node node, List<Artifact> artifacts, Diagnostics diagnostics, Optional<String> fileName) {

    /// The subtree of a file of a volume. Its name is passed to the artifacts in it, not further
    /// up.
    Subtree asFile(Guid guid, String label) {
        List<Artifact> named = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            named.add(artifact.inFile(guid, fileName));
        }
        Node file =
                new Node(
                        node.type(),
                        label,
                        node.offset(),
                        node.size(),
                        node.holdsArtifacts(),
                        node.children());
        return new Subtree(file, named, diagnostics, Optional.empty());
    }
}
