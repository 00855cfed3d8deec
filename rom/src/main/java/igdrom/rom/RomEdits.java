package igdrom.rom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.Driver;
import igdrom.driver.OpRegionRule;
import igdrom.driver.RomData;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Undoes the edits of a GOP and a VBT.
public final class RomEdits {
    private RomEdits() {}

    /// The original of an edited GOP, from the record in the ROM around it, else from its own code.
    /// Empty when the GOP is not edited, or the edit cannot be undone.
    ///
    /// @param file that holds the GOP
    /// @param gop as it is in the file
    public static Optional<Image> original(Image file, Gop gop) {
        Optional<Image> recorded = original(drivers(file), gop.image());
        return recorded.isPresent() ? recorded : LpcEdit.original(gop.executable());
    }

    /// The VBTs in a ROM that igdrom made from the VBT of the board: one whose outputs it switched
    /// off, where the ROM has the original too, and one that it repacked for the GOP.
    public static List<Image> madeVbts(Image file) {
        List<Image> made = new ArrayList<>();
        for (RomProgram driver : drivers(file)) {
            Optional<RomData> data = driver.igdromDriver().flatMap(Driver::data);
            if (data.isEmpty()) {
                continue;
            }
            if (!data.get().policy().vbt().isEmpty()) {
                made.add(data.get().policy().vbt());
            }
            if (!data.get().originalVbt().isEmpty()) {
                edited(data.get().opRegion()).ifPresent(made::add);
            }
        }
        return made;
    }

    private static Optional<Image> edited(Image opRegion) {
        try {
            return Optional.ofNullable(
                    OpRegionRule.of(opRegion, Location.root("OpRegion")).vbtBytes());
        } catch (MalformedImageException _) {
            return Optional.empty();
        }
    }

    static Optional<Image> original(List<RomProgram> drivers, Image edited) {
        for (RomProgram driver : drivers) {
            Optional<Image> original = driver.gopEdit().flatMap(edit -> edit.original(edited));
            if (original.isPresent()) {
                return original;
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
                // An unreadable image has no record.
            }
        }
        return drivers;
    }
}
