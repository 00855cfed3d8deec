package igdrom.rom;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.pci.PciId;
import java.util.List;
import java.util.Optional;

/// What can be said about a ROM, ours or anybody's, without running it.
public record RomChecks(List<Check> checks) {
    public RomChecks {
        checks = List.copyOf(checks);
    }

    /// Looks at a whole file.
    ///
    /// @param name of the file, the root of all places
    /// @param device that the ROM is for, if that matters
    /// @throws MalformedImageException when it does not start as a ROM
    public static RomChecks of(Image file, String name, Optional<PciId> device) {
        return of(file, name, device, Optional.empty());
    }

    /// Looks at a whole file.
    ///
    /// @param bridge the host's LPC bridge, if that matters
    /// @throws MalformedImageException when it does not start as a ROM
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
