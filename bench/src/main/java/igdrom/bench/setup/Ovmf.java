package igdrom.bench.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// UEFI firmware for a guest.
///
/// @param code the firmware's code, read-only
/// @param vars a template of the variable store; each guest gets a copy
/// @param origin where it comes from, for messages
/// @param smm whether it starts only on a machine with SMM, whose code alone may write to the
///   variable store
public record Ovmf(Path code, Path vars, String origin, boolean smm) {
    /// Where distributions install the build for x86-64 without Secure Boot: code and variables.
    ///
    /// Observed: Debian 11-13 and Ubuntu (ovmf), Fedora (edk2-ovmf), Arch Linux (edk2-ovmf),
    /// openSUSE (qemu-ovmf-x86_64).
    private static final String[][] LOCATIONS = {
        {"/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"},
        {"/usr/share/OVMF/OVMF_CODE.fd", "/usr/share/OVMF/OVMF_VARS.fd"},
        {"/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/ovmf/OVMF_VARS.fd"},
        {"/usr/share/edk2/x64/OVMF_CODE.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"},
        {"/usr/share/qemu/ovmf-x86_64-code.bin", "/usr/share/qemu/ovmf-x86_64-vars.bin"},
    };

    /// A build that needs no SMM.
    public Ovmf(Path code, Path vars, String origin) {
        this(code, vars, origin, /* smm= */ false);
    }

    /// The first of these below `root`; at most one.
    static List<Ovmf> in(Path root, String origin) {
        List<Ovmf> found = new ArrayList<>();
        for (String[] location : LOCATIONS) {
            Path code = root.resolve(location[0].substring(1));
            Path vars = root.resolve(location[1].substring(1));
            if (found.isEmpty() && Files.isReadable(code) && Files.isReadable(vars)) {
                found.add(new Ovmf(code, vars, origin.isEmpty() ? code.toString() : origin));
            }
        }
        return found;
    }
}
