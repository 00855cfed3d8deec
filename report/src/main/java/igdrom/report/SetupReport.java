package igdrom.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `igdrom test` runs with, and what was fetched for it.
///
/// @param directory where fetched tools are kept
/// @param fetched null when nothing was missing
/// @param refused tools that were found but cannot be used
public record SetupReport(
        String directory,
        @Nullable Fetched fetched,
        List<Qemu> qemus,
        List<Ovmf> ovmfs,
        List<Kernel> kernels,
        List<Refused> refused)
        implements Report {
    public SetupReport {
        qemus = List.copyOf(qemus);
        ovmfs = List.copyOf(ovmfs);
        kernels = List.copyOf(kernels);
        refused = List.copyOf(refused);
    }

    /// The packages that were fetched.
    ///
    /// @param packages name and version of each
    /// @param size of all packages together
    /// @param mirror the mirror's URL, without a password
    public record Fetched(List<String> packages, long size, String mirror) {
        public Fetched {
            packages = List.copyOf(packages);
        }
    }

    /// A QEMU that can host the virtual GPU.
    ///
    /// @param origin the path or the bundle that it comes from
    /// @param command the words that start it
    public record Qemu(String version, String origin, List<String> command) {
        public Qemu {
            command = List.copyOf(command);
        }
    }

    /// UEFI firmware for a guest.
    ///
    /// @param origin the path that users know it by
    /// @param code the file with the firmware
    /// @param variables the file with the variables it starts with
    public record Ovmf(String origin, String code, String variables) {}

    /// A Linux kernel to boot in a guest.
    ///
    /// @param modules the directory with its modules
    public record Kernel(String image, String modules) {}

    /// A tool that was found but cannot be used.
    ///
    /// @param reason as a predicate: "is version 7.2, …"
    public record Refused(String tool, String reason) {}

    @Override
    public Answer answer() {
        return Answer.YES;
    }
}
