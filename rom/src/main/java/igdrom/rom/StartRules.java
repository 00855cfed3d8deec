package igdrom.rom;

import igdrom.bytes.Image;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pe.Subsystem;
import java.util.Optional;

/// The reasons for which firmware skips an image that is well-formed.
///
/// Source: EDK2 c5aa7e7, MdeModulePkg/Bus/Pci/PciBusDxe/PciOptionRomSupport.c (LoadOpRomImage,
/// ProcessOpRomImage, LocalLoadFile2); SeaBIOS 41514a7, src/optionroms.c (is_valid_rom).
final class StartRules {
    private static final long EFI_SIGNATURE_OFFSET = 4;
    private static final long SUBSYSTEM_OFFSET = 8;

    private StartRules() {}

    /// Why OVMF reaches neither the image nor any after it; empty when it does.
    static Optional<String> unreached(RomImage image) {
        int pcir = image.header().pcirOffset();
        if (pcir % 4 != 0) {
            return problem("PcirOffset is 0x%x, not a multiple of 4: OVMF stops there", pcir);
        }
        return image.pcir().imageUnits() == 0
                ? Optional.of("ImageLength is 0: OVMF stops there")
                : Optional.empty();
    }

    /// Why OVMF does not start a UEFI image, regardless of the program in it; empty when it does.
    static Optional<String> efiProblem(RomImage image, RomHeader.Efi efi, RomProgram program) {
        Subsystem subsystem = new Subsystem(efi.subsystem());
        if (!isDriver(subsystem)) {
            return problem("the ROM header says %s, not a driver", subsystem);
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

    /// Why SeaBIOS does not start a legacy image, or why an image is a UEFI image that no firmware
    /// starts; empty when neither applies.
    ///
    /// @param rom the whole ROM: the size in a legacy header may extend beyond its image
    static Optional<String> nonEfiProblem(RomImage image, Image rom) {
        if (image.pcir().codeType() != PciData.EFI && isEfi(image.raw())) {
            return problem(
                    "CodeType is 0x%x, the header is that of a UEFI image",
                    image.pcir().codeType());
        }
        return image.header() instanceof RomHeader.Legacy legacy
                ? legacyProblem(image, legacy, rom)
                : Optional.empty();
    }

    /// A jump instruction may look like the signature of UEFI, but hardly like a subsystem too.
    private static boolean isEfi(Image raw) {
        return raw.u32(EFI_SIGNATURE_OFFSET) == RomHeader.Efi.EFI_SIGNATURE
                && new Subsystem(raw.u16(SUBSYSTEM_OFFSET)).isEfi();
    }

    private static Optional<String> legacyProblem(
            RomImage image, RomHeader.Legacy legacy, Image rom) {
        long size = legacy.initializationSize();
        if (size == 0) {
            return Optional.of("InitializationSize is 0: SeaBIOS does not start it");
        }
        Image rest = rom.from(image.offset());
        // The rest of a ROM's BAR reads as zeros.
        int sum = rest.slice(0, Math.min(size, rest.size())).sum8();
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
