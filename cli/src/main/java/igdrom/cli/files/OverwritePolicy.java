package igdrom.cli.files;

import igdrom.cli.options.Arguments;
import igdrom.cli.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which existing files a command may replace: with `--force` all but those that it reads.
///
/// @param force whether any may be replaced
/// @param inputs what identifies the files that the command reads, by any path
public record OverwritePolicy(boolean force, Set<Object> inputs) {
    /// Replaces nothing.
    public static final OverwritePolicy NEVER = new OverwritePolicy(false, Set.of());

    /// Replaces any regular file.
    public static final OverwritePolicy ALWAYS = new OverwritePolicy(true, Set.of());

    public OverwritePolicy {
        inputs = Set.copyOf(inputs);
    }

    /// The policy of a command: every option and operand that names an input is protected by its
    /// type.
    public static OverwritePolicy of(Arguments arguments) {
        if (!arguments.has(Options.FORCE)) {
            return NEVER;
        }
        List<Path> inputs = new ArrayList<>(arguments.inputFiles());
        inputs.addAll(Inputs.of(arguments).present());
        return of(true, inputs);
    }

    /// A policy that protects these files.
    static OverwritePolicy of(boolean force, List<Path> inputs) {
        return new OverwritePolicy(force, identities(inputs));
    }

    /// Whether a file is one that the command reads.
    boolean isInput(BasicFileAttributes file) {
        return file.fileKey() != null && inputs.contains(file.fileKey());
    }

    private static Set<Object> identities(List<Path> files) {
        Set<Object> identities = new HashSet<>();
        for (Path file : files) {
            try {
                Object identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
                if (identity != null) {
                    identities.add(identity);
                }
            } catch (IOException _) {
                // Reading the file will fail with a message.
            }
        }
        return identities;
    }
}
