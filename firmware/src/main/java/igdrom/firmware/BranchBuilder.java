package igdrom.firmware;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts a [Branch] together. A builder belongs to one thread; parts that other threads read are
/// joined in the order of the image, so that the result does not depend on who was faster.
final class BranchBuilder {
    private sealed interface Part {
        record Found(Artifact artifact) implements Part {}

        record Ready(Branch branch) implements Part {}

        record Later(ForkJoinTask<Branch> task) implements Part {}
    }

    private final Node.Type type;
    private final String label;
    private final long offset;
    private final long size;
    private final List<Part> parts = new ArrayList<>();
    private final Diagnostics diagnostics = new Diagnostics();
    private @Nullable String fileName;

    BranchBuilder(Node.Type type, String label, long offset, long size) {
        this.type = type;
        this.label = label;
        this.offset = offset;
        this.size = size;
    }

    /// Where the readers of this part report what is odd.
    Diagnostics diagnostics() {
        return diagnostics;
    }

    void add(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
    }

    void add(Artifact artifact) {
        parts.add(new Part.Found(artifact));
    }

    void add(Branch child) {
        parts.add(new Part.Ready(child));
    }

    /// A part that another thread may read in the meantime.
    void addLater(Supplier<Branch> reading) {
        parts.add(new Part.Later(ForkJoinTask.adapt(reading::get).fork()));
    }

    /// What a user interface section calls the file that this is in.
    void fileName(String name) {
        fileName = name;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /// Waits for the parts that were left to other threads, the last first: those are this thread's
    /// own to read while the others take the first ones.
    private void finishParts() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i) instanceof Part.Later(ForkJoinTask<Branch> task)) {
                task.join();
            }
        }
    }

    Branch build() {
        finishParts();
        List<Node> children = new ArrayList<>();
        List<Artifact> artifacts = new ArrayList<>();
        Diagnostics all = new Diagnostics();
        all.addAll(diagnostics);
        String name = fileName;
        for (Part part : parts) {
            if (part instanceof Part.Found(Artifact artifact)) {
                artifacts.add(artifact);
                continue;
            }
            Branch branch =
                    part instanceof Part.Ready(Branch ready)
                            ? ready
                            : ((Part.Later) part).task().join();
            children.add(branch.node());
            artifacts.addAll(branch.artifacts());
            all.addAll(branch.diagnostics());
            if (name == null) {
                name = branch.fileName().orElse(null);
            }
        }
        Node node = new Node(type, label, offset, size, !artifacts.isEmpty(), children);
        return new Branch(node, List.copyOf(artifacts), all, Optional.ofNullable(name));
    }
}
