package igdrom.fetch;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// The parts of a machine that decide what is fetched, from where, and where it is kept.
///
/// @param root `/`, or the root of a test's directory tree
/// @param directory where fetched bundles are kept
/// @param variables the environment variables
public record Environment(Path root, Path directory, Map<String, String> variables) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /// This machine, keeping bundles in the user's data directory.
    ///
    /// Spec: XDG Base Directory Specification 0.8, "Environment variables".
    public static Environment ofMachine() {
        Map<String, String> variables = System.getenv();
        String data = variables.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.startsWith("/") ? Path.of(data) : home(variables).resolve(".local/share");
        return new Environment(Path.of("/"), base.resolve("igdrom"), variables);
    }

    /// The home directory: services and cron jobs may have none in their environment, users that
    /// the machine does not know have none at all.
    private static Path home(Map<String, String> variables) {
        return Stream.of(variables.getOrDefault("HOME", ""), System.getProperty("user.home"))
                .filter(directory -> directory.startsWith("/"))
                .findFirst()
                .map(Path::of)
                .orElse(Path.of("/root"));
    }

    /// The same machine, keeping bundles in another directory.
    public Environment withDirectory(Path other) {
        return new Environment(root, other, variables);
    }

    /// The value of an environment variable; empty when it is not set.
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /// A file of this machine, by its absolute name.
    public Path at(String file) {
        return root.resolve(file.substring(1));
    }
}
