package igdrom.bench.setup;

import java.nio.file.Path;
import java.util.Map;

/// What is looked at on a machine.
///
/// @param root `/`, or a made tree
/// @param folder where igdrom keeps what it fetched
/// @param environment the variables
public record Environment(Path root, Path folder, Map<String, String> environment) {
    public Environment {
        environment = Map.copyOf(environment);
    }

    /// This machine, with the user's own folder for data.
    ///
    /// Spec: XDG Base Directory Specification 0.8, "Environment variables".
    public static Environment ofMachine() {
        Map<String, String> environment = System.getenv();
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path folder =
                data.startsWith("/")
                        ? Path.of(data)
                        : Path.of(environment.getOrDefault("HOME", "/root"), ".local", "share");
        return new Environment(Path.of("/"), folder.resolve("igdrom"), environment);
    }

    /// The same with another folder.
    public Environment keeping(Path other) {
        return new Environment(root, other, environment);
    }

    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /// A file of this machine by its absolute name.
    Path at(String file) {
        return root.resolve(file.substring(1));
    }
}
