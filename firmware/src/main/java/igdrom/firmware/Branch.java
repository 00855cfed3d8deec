package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What reading one part of an image gave.
///
/// @param artifacts in and below this part, in the order of the image
/// @param fileName what a user interface section in it calls the file around it
record Branch(
        Node node, List<Artifact> artifacts, Diagnostics diagnostics, Optional<String> fileName) {

    /// The branch of a file: its name goes to the finds in it and no further up.
    Branch asFile(Guid guid, String label) {
        List<Artifact> named = new ArrayList<>();
        for (Artifact find : artifacts) {
            named.add(find.inFile(guid, fileName));
        }
        Node file =
                new Node(
                        node.type(),
                        label,
                        node.offset(),
                        node.size(),
                        node.holdsArtifacts(),
                        node.children());
        return new Branch(file, named, diagnostics, Optional.empty());
    }
}
