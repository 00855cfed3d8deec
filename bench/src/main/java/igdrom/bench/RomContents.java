package igdrom.bench;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.firmware.gop.Gop;
import igdrom.formats.compress.Codec;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import igdrom.rom.RomStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The contents of a ROM that decide what it does in a guest.
///
/// @param bytes the whole file
/// @param ids the devices it is for
/// @param uefiImages how many images the firmware may start
/// @param driver igdrom's own, empty for a ROM from elsewhere
/// @param gop the first one
/// @param damage a part of the file that could not be read, in words
public record RomContents(
        Image bytes,
        List<PciId> ids,
        int classCode,
        int uefiImages,
        Optional<Driver> driver,
        Optional<Gop> gop,
        Optional<String> damage) {
    /// Spec: PCI Local Bus 3.0, "Expansion ROM Base Address Register": 16 MiB at most.
    private static final int MAX_SIZE = 16 << 20;

    public RomContents {
        ids = List.copyOf(ids);
    }

    /// Reads a ROM.
    ///
    /// @throws MalformedImageException when the bytes are not a ROM, or the data of igdrom's driver
    ///   is invalid
    public static RomContents read(Image bytes, Location location) {
        Diagnostics diagnostics = new Diagnostics();
        OptionRom rom = RomStructure.read(bytes, location, diagnostics);
        int uefiImages = 0;
        Optional<Driver> driver = Optional.empty();
        Optional<Gop> gop = Optional.empty();
        List<PciId> ids = new ArrayList<>(rom.images().getLast().ids());
        int classCode = rom.images().getLast().pcir().classCode();
        for (RomImage image : rom.images()) {
            if (!(image.header() instanceof RomHeader.Efi)) {
                continue;
            }
            uefiImages++;
            Location at = location.in("image", image.offset());
            Optional<Image> program = program(image, at);
            if (program.isEmpty()) {
                continue;
            }
            if (driver.isEmpty()) {
                driver = driver(program.get(), at);
            }
            if (gop.isEmpty()) {
                gop = Gop.examine(program.get(), at, new Diagnostics());
            }
        }
        Optional<String> damage =
                diagnostics.list().stream()
                        .filter(Diagnostic::isBroken)
                        .map(Diagnostic::toString)
                        .findFirst();
        return new RomContents(bytes, ids, classCode, uefiImages, driver, gop, damage);
    }

    private static Optional<Image> program(RomImage image, Location location) {
        if (!image.compressed()) {
            return Optional.of(image.payload());
        }
        try {
            return Optional.of(
                    Codec.EFI_1_1.decompress(image.payload(), location, MAX_SIZE).bytes());
        } catch (MalformedImageException _) {
            // The firmware cannot start it either, and the verdict shows that.
            return Optional.empty();
        }
    }

    private static Optional<Driver> driver(Image program, Location location) {
        Executable executable;
        try {
            executable = Executable.read(program, location, new Diagnostics());
        } catch (MalformedImageException _) {
            return Optional.empty();
        }
        return Driver.read(executable, location);
    }

    /// The data of igdrom's driver, [RomData#NONE] without it.
    RomData data() {
        return driver.flatMap(Driver::data).orElse(RomData.NONE);
    }

    /// The VBT that the driver passes to a GOP: one that was repacked for it, else that of the
    /// OpRegion.
    Image vbtForGop(Image ofOpRegion) {
        Image own = data().policy().vbt();
        return own.isEmpty() ? ofOpRegion : own;
    }

    /// The OpRegion in the driver's data, empty for none.
    public Image opRegion() {
        return data().opRegion();
    }
}
