package igdrom.rom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes the edit of a GOP back.
public final class RomEdits {
    private RomEdits() {}

    /// The owner's GOP for an edited one: as the ROM around it remembers it, else as its own code
    /// shows it.
    ///
    /// @param file that the GOP was found in
    /// @param gop as it was found there
    /// @return nothing when the GOP is not edited, or not so that it could be taken back
    public static Optional<Image> owners(Image file, Gop gop) {
        Optional<Image> remembered = owners(drivers(file), gop.image());
        return remembered.isPresent() ? remembered : LpcEdit.original(gop.executable());
    }

    static Optional<Image> owners(List<RomProgram> drivers, Image edited) {
        for (RomProgram driver : drivers) {
            Optional<Image> owners = driver.gopEdit().flatMap(edit -> edit.owners(edited));
            if (owners.isPresent()) {
                return owners;
            }
        }
        return Optional.empty();
    }

    private static List<RomProgram> drivers(Image file) {
        List<RomProgram> drivers = new ArrayList<>();
        if (!OptionRom.looksLikeRom(file, 0)) {
            return drivers;
        }
        Location location = Location.root("ROM");
        for (RomImage image : OptionRom.read(file, location, new Diagnostics()).images()) {
            if (image.pcir().codeType() != PciData.EFI) {
                continue;
            }
            try {
                drivers.add(RomProgram.read(image, location, new Diagnostics()));
            } catch (MalformedImageException _) {
                // Whatever this image is, it remembers nothing.
            }
        }
        return drivers;
    }
}
