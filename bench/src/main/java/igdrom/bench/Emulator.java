package igdrom.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A QEMU that can do it, and the firmware for it.
///
/// @param command the words that start it, before its own arguments
/// @param environment variables to set
/// @param code the firmware's code
/// @param variables the firmware's empty variable store
/// @param exitsWithParent it knows `-run-with exit-with-parent=on` (10.2 and newer)
public record Emulator(
        List<String> command,
        Map<String, String> environment,
        Path code,
        Path variables,
        boolean exitsWithParent) {
    public Emulator {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
