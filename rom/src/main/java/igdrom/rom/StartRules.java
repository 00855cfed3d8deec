package igdrom.rom;

import igdrom.bytes.Image;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pe.Subsystem;
import java.util.Optional;

/// For which reasons a firmware passes over an image that reads well.
///
/// Source: EDK2 c5aa7e7, MdeModulePkg/Bus/Pci/PciBusDxe/PciOptionRomSupport.c (LoadOpRomImage,
/// ProcessOpRomImage, LocalLoadFile2); SeaBIOS 41514a7, src/optionroms.c (is_valid_rom).
final class StartRules {
    private static final long EFI_SIGNATURE_OFFSET = 4;
    private static final long SUBSYSTEM_OFFSET = 8;

    private StartRules() {}

    /// Why OVMF does not get to the image, and to none behind it.
    static Optional<String> unreached(RomImage image) {
        int pcir = image.header().pcirOffset();
        if (pcir % 4 != 0) {
            return problem("PcirOffset is 0x%x, no multiple of 4: OVMF looks no further", pcir);
        }
        return image.pcir().imageUnits() == 0
                ? Optional.of("ImageLength is 0: OVMF looks no further")
                : Optional.empty();
    }

    /// Why OVMF does not start a UEFI image, whatever its program is like.
    static Optional<String> efi(RomImage image, RomHeader.Efi efi, RomProgram program) {
        Subsystem subsystem = new Subsystem(efi.subsystem());
        if (!isDriver(subsystem)) {
            return problem("the ROM's header says %s, no driver", subsystem);
        }
        long initialized = efi.initializationSize();
        if (initialized > image.pcir().imageSize()) {
            return problem(
                    "InitializationSize is 0x%x, ImageLength 0x%x",
                    initialized, image.pcir().imageSize());
        }
        long end =
                efi.imageHeaderOffset()
                        + (image.compressed()
                                ? image.payload().size()
                                : program.executable().extent());
        return initialized < end
                ? problem("InitializationSize is 0x%x, the program ends at 0x%x", initialized, end)
                : Optional.empty();
    }

    static boolean isDriver(Subsystem subsystem) {
        return subsystem.equals(Subsystem.BOOT_SERVICE_DRIVER)
                || subsystem.equals(Subsystem.RUNTIME_DRIVER);
    }

    /// Why SeaBIOS does not start an image that is for it, or why one that no firmware looks at
    /// should have been for OVMF.
    ///
    /// @param rom the whole ROM: SeaBIOS counts in what follows the image, if its header says so
    static Optional<String> other(RomImage image, Image rom) {
        if (image.pcir().codeType() != PciData.EFI && isEfi(image.raw())) {
            return problem(
                    "CodeType is 0x%x, the header is that of a UEFI image",
                    image.pcir().codeType());
        }
        return image.header() instanceof RomHeader.Legacy legacy
                ? legacy(image, legacy, rom)
                : Optional.empty();
    }

    /// A jump may look like the signature of UEFI, hardly like the subsystem too.
    private static boolean isEfi(Image raw) {
        return raw.u32(EFI_SIGNATURE_OFFSET) == RomHeader.Efi.EFI_SIGNATURE
                && new Subsystem(raw.u16(SUBSYSTEM_OFFSET)).isEfi();
    }

    private static Optional<String> legacy(RomImage image, RomHeader.Legacy legacy, Image rom) {
        long size = legacy.initializationSize();
        if (size == 0) {
            return Optional.of("InitializationSize is 0: SeaBIOS does not start it");
        }
        Image there = rom.from(image.offset());
        // The rest of a ROM's BAR reads as zeroes.
        int sum = there.slice(0, Math.min(size, there.size())).sum8();
        return sum == 0
                ? Optional.empty()
                : problem(
                        "the checksum of 0x%x bytes is 0x%02x, not 0: SeaBIOS does not start it",
                        size, sum);
    }

    private static Optional<String> problem(String pattern, Object... values) {
        return Optional.of(String.format(pattern, values));
    }
}
