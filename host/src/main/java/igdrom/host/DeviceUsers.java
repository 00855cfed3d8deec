package igdrom.host;

import java.util.List;

/// Who uses a PCI function at this moment. It is true for a moment only, so a snapshot has none of
/// it.
///
/// @param display processes that have its nodes for graphics open
/// @param vfio processes that have its nodes for guests open
/// @param onScreen whether the program that reads this runs on a text screen of the machine itself
public record DeviceUsers(Fact<List<User>> display, Fact<List<User>> vfio, Fact<Boolean> onScreen) {
    /// A process.
    ///
    /// @param command its name, as the kernel has it
    /// @param node that it has open, such as `/dev/dri/card0`
    public record User(long pid, String command, String node) {}
}
