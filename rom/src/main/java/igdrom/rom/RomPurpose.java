package igdrom.rom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.driver.RomData.BuiltFor;
import igdrom.firmware.SavedStolenBase;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.RomFacts.VgaBios;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds out what a ROM is for.
public final class RomPurpose {
    private RomPurpose() {}

    /// What a ROM is for.
    ///
    /// @param file its name
    /// @throws MalformedImageException when the bytes are not a ROM
    public static RomFacts read(Image rom, String file) {
        Location location = Location.root(file);
        OptionRom images = RomStructure.read(rom, location, new Diagnostics());
        Set<PciId> ids = new LinkedHashSet<>();
        BuiltFor builtFor = BuiltFor.UNRECORDED;
        boolean gop = false;
        boolean uefi = false;
        VgaBios vgaBios = VgaBios.NONE;
        for (RomImage image : images.images()) {
            ids.addAll(image.ids());
            if (!(image.header() instanceof RomHeader.Efi)) {
                if (image.pcir().codeType() == PciData.X86 && vgaBios != VgaBios.STALE) {
                    vgaBios = vgaBios(image);
                }
                continue;
            }
            uefi = true;
            try {
                RomProgram program =
                        RomProgram.read(
                                image, location.in("image", image.offset()), new Diagnostics());
                gop |= program.gop().isPresent();
                if (!builtFor.isRecorded()) {
                    builtFor =
                            program.igdromDriver()
                                    .flatMap(Driver::data)
                                    .map(RomData::builtFor)
                                    .orElse(BuiltFor.UNRECORDED);
                }
            } catch (MalformedImageException _) {
                // What it is for is then not known; igdrom verify says what is wrong.
            }
        }
        int classCode = images.images().getLast().pcir().classCode();
        return new RomFacts(file, List.copyOf(ids), classCode, builtFor, gop, uefi, vgaBios);
    }

    private static VgaBios vgaBios(RomImage image) {
        return SavedStolenBase.find(image).map(SavedStolenBase::value).orElse(0L) == 0
                ? VgaBios.CLEARED
                : VgaBios.STALE;
    }
}
