package igdrom.report.bundle;

import igdrom.bytes.Image;
import igdrom.host.Snapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a user gives to a bug report.
///
/// @param snapshot the facts about the host
/// @param firmware an image of its firmware, null for none
/// @param rom the ROM, null for none
/// @param driverReport what the driver left in the guest, null for nothing
/// @param vm the definition of the virtual machine, null for none
/// @param hostName of the machine, empty when it is not known or identifies nobody
/// @param withTables whether the OpRegion and VBTs are in it
/// @param versions of programs, by their names
public record BundleContents(
        Snapshot snapshot,
        @Nullable Input firmware,
        @Nullable Input rom,
        @Nullable Input driverReport,
        @Nullable Input vm,
        String hostName,
        boolean withTables,
        Map<String, String> versions) {
    /// A file.
    ///
    /// @param name without directories, which often have the name of a person
    public record Input(String name, Image image) {}

    public BundleContents {
        versions = Map.copyOf(versions);
    }
}
