package igdrom.rom;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.pci.PciId;
import java.util.List;
import java.util.Optional;

/// The static checks of a ROM, made by igdrom or not.
public record RomChecks(List<Check> checks) {
    public RomChecks {
        checks = List.copyOf(checks);
    }

    /// Checks a whole file.
    ///
    /// @param name of the file, the root of all locations
    /// @param device that the ROM must be for; empty for the one that the ROM itself names
    /// @throws MalformedImageException when the file does not start like a ROM
    public static RomChecks of(Image file, String name, Optional<PciId> device) {
        return of(file, name, device, Optional.empty());
    }

    /// Checks a whole file.
    ///
    /// @param bridge the host's LPC bridge, which a GOP in the ROM has to accept; empty for any
    /// @throws MalformedImageException when the file does not start like a ROM
    public static RomChecks of(
            Image file, String name, Optional<PciId> device, Optional<PciId> bridge) {
        return new RomChecks(new RomExaminer(file, name, device, bridge).examine());
    }

    public boolean good() {
        for (Check check : checks) {
            if (check.verdict() == Check.Verdict.BAD) {
                return false;
            }
        }
        return true;
    }
}
