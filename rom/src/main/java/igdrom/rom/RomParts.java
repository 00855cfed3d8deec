package igdrom.rom;

import igdrom.bytes.Image;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.driver.RomData.Dock;
import igdrom.driver.RomData.Lid;
import igdrom.formats.compress.Codec;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.plan.OpRegionSource;
import igdrom.plan.Part;
import igdrom.plan.Plan;
import igdrom.plan.PlannedGop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a ROM is made of.
///
/// @param device that the ROM is for
/// @param classCode of the device: 0x030000 for a VGA controller, 0x038000 for one that is not
/// @param vgaBioses legacy images, which come first: SeaBIOS looks at the first image only
/// @param gop the GOP driver without what follows it
/// @param compressed whether the UEFI images are packed
public record RomParts(
        PciId device,
        int classCode,
        List<RomImage> vgaBioses,
        Driver driver,
        Optional<PeImage> gop,
        boolean compressed) {
    /// Spec: PCI Local Bus 3.0, "Expansion ROM Base Address Register": 16 MiB at most.
    public static final long MAX_SIZE = 16 << 20;

    public RomParts {
        vgaBioses = List.copyOf(vgaBioses);
    }

    /// A ROM of the driver and its data alone.
    public static RomParts of(PciId device, RomData data) {
        return new RomParts(
                device,
                RomBuilder.VGA,
                List.of(),
                Driver.bundled().with(data),
                Optional.empty(),
                false);
    }

    /// The ROM of a plan.
    ///
    /// @param driver as it was built
    public static RomParts of(Plan plan, Driver driver) {
        List<RomImage> vgaBioses = new ArrayList<>();
        for (Part<RomImage> vgaBios : plan.vgaBioses()) {
            vgaBioses.add(vgaBios.value());
        }
        PlannedGop gop = plan.gop();
        return new RomParts(
                plan.device(),
                plan.classCode(),
                vgaBioses,
                driver.with(data(plan)),
                gop == null ? Optional.empty() : Optional.of(gop.program()),
                plan.request().compressed());
    }

    private static RomData data(Plan plan) {
        Boolean lidOpen = plan.request().policy().lidOpen();
        Boolean docked = plan.request().policy().docked();
        Part<Image> opRegion = plan.opRegion();
        return new RomData(
                lidOpen == null ? Lid.NOT_SAID : lidOpen ? Lid.OPEN : Lid.CLOSED,
                docked == null ? Dock.NOT_SAID : docked ? Dock.DOCKED : Dock.UNDOCKED,
                /* logsToPort= */ true,
                /* logsToVariable= */ true,
                plan.request().source() == OpRegionSource.EMBEDDED,
                plan.treatAs(),
                plan.stolen().base(),
                plan.stolen().size(),
                opRegion == null ? Image.EMPTY : opRegion.value(),
                gopEdit(plan.gop()));
    }

    private static Image gopEdit(@Nullable PlannedGop gop) {
        return gop == null || gop.edit() == null
                ? Image.EMPTY
                : new GopEdit(gop.owners().sha256(), gop.edit()).image();
    }

    public RomParts withGop(PeImage driver) {
        return new RomParts(
                device, classCode, vgaBioses, this.driver, Optional.of(driver), compressed);
    }

    /// Puts the images together: legacy ones, the driver, the GOP, which starts last so that it
    /// finds what the driver has set up.
    ///
    /// The size is a multiple of 512 and need not be a power of two: QEMU (hw/pci/pci.c,
    /// pci_add_option_rom) makes the BAR large enough.
    ///
    /// @throws IllegalArgumentException when it is more than [#MAX_SIZE]
    public OptionRom assemble() {
        List<RomImage> images = new ArrayList<>();
        for (RomImage vgaBios : vgaBioses) {
            // Inside firmware the checksum is often left to the board.
            images.add(vgaBios.withId(device).withChecksum());
        }
        RomBuilder builder = new RomBuilder(device, classCode, List.of());
        images.add(efi(builder, driver.program()));
        if (gop.isPresent()) {
            images.add(efi(builder, gop.get()));
        }
        long size = 0;
        for (RomImage image : images) {
            size += image.raw().size();
        }
        if (size > MAX_SIZE) {
            throw new IllegalArgumentException(tooLarge(size));
        }
        return OptionRom.of(images);
    }

    /// The bytes of [#assemble].
    public Image image() {
        return assemble().image();
    }

    private RomImage efi(RomBuilder builder, PeImage program) {
        Image bytes = program.raw().slice(0, program.extent());
        if (bytes.size() > MAX_SIZE) {
            throw new IllegalArgumentException(tooLarge(bytes.size()));
        }
        return builder.efi(
                program.subsystem().code(),
                program.machine().code(),
                compressed ? RomHeader.Efi.COMPRESSED : RomHeader.Efi.UNCOMPRESSED,
                compressed ? Codec.EFI_1_1.compress(bytes) : bytes);
    }

    private static String tooLarge(long size) {
        return String.format("the ROM would have 0x%x bytes, 16 MiB is the most", size);
    }
}
