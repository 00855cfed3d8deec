package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Builds a [Subtree]. A builder belongs to one thread; parts that other threads read are joined in
/// the order of the image, so that the result does not depend on timing.
final class SubtreeBuilder {
    private sealed interface Part {
        record Found(Artifact artifact) implements Part {}

        record Ready(Subtree subtree) implements Part {}

        record Later(Supplier<Subtree> subtree) implements Part {}
    }

    private final Node.Type type;
    private final String label;
    private final long offset;
    private final long size;
    private final List<Part> parts = new ArrayList<>();
    private final Diagnostics diagnostics = new Diagnostics();
    private @Nullable String fileName;

    SubtreeBuilder(Node.Type type, String label, long offset, long size) {
        this.type = type;
        this.label = label;
        this.offset = offset;
        this.size = size;
    }

    /// Receives the problems of this part.
    Diagnostics diagnostics() {
        return diagnostics;
    }

    void add(Artifact artifact) {
        parts.add(new Part.Found(artifact));
    }

    void add(Subtree child) {
        parts.add(new Part.Ready(child));
    }

    /// Adds a part that another thread may read meanwhile.
    void addLater(Supplier<Subtree> reading) {
        parts.add(new Part.Later(Workers.start(reading)));
    }

    /// Sets the name that a user interface section gives to the file around it.
    void fileName(String name) {
        fileName = name;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    Subtree build() {
        awaitParts();
        List<Node> children = new ArrayList<>();
        List<Artifact> artifacts = new ArrayList<>();
        Diagnostics all = new Diagnostics();
        all.addAll(diagnostics);
        String name = fileName;
        for (Part part : parts) {
            Subtree child =
                    switch (part) {
                        case Part.Found(Artifact artifact) -> {
                            artifacts.add(artifact);
                            yield null;
                        }
                        case Part.Ready(Subtree subtree) -> subtree;
                        case Part.Later(Supplier<Subtree> subtree) -> subtree.get();
                    };
            if (child == null) {
                continue;
            }
            children.add(child.node());
            artifacts.addAll(child.artifacts());
            all.addAll(child.diagnostics());
            if (name == null) {
                name = child.fileName().orElse(null);
            }
        }
        Node node = new Node(type, label, offset, size, !artifacts.isEmpty(), children);
        return new Subtree(node, List.copyOf(artifacts), all, Optional.ofNullable(name));
    }

    /// Waits for the parts that other threads may read, the last one first: this thread reads the
    /// last ones while the others work on the first ones.
    private void awaitParts() {
        for (Part part : parts.reversed()) {
            if (part instanceof Part.Later(Supplier<Subtree> subtree)) {
                Subtree _ = subtree.get();
            }
        }
    }
}
