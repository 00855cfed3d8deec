package igdrom.rom;

import igdrom.bytes.Image;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.Dock;
import igdrom.driver.RomData.Lid;
import igdrom.driver.RomData.Target;
import igdrom.formats.compress.Codec;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.plan.GuestMachine;
import igdrom.plan.OpRegionSource;
import igdrom.plan.Part;
import igdrom.plan.Plan;
import igdrom.plan.PlannedGop;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parts of a ROM.
///
/// @param device the ROM is for
/// @param classCode of the device: 0x030000 for a VGA controller, 0x038000 for any other display
/// @param vgaBioses legacy images, which come first, since SeaBIOS reads only the first image
/// @param gop the GOP driver
/// @param compressed whether the UEFI images are compressed
public record RomParts(
        PciId device,
        int classCode,
        List<RomImage> vgaBioses,
        Driver driver,
        Optional<PeImage> gop,
        boolean compressed) {
    /// Spec: PCI Local Bus 3.0, "Expansion ROM Base Address Register": the maximum is 16 MiB.
    public static final long MAX_SIZE = 16 << 20;

    public RomParts {
        vgaBioses = List.copyOf(vgaBioses);
    }

    /// The driver and its data only.
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
    /// @param driver without data
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
        return RomData.NONE
                .withLid(lidOpen == null ? Lid.UNSPECIFIED : lidOpen ? Lid.OPEN : Lid.CLOSED)
                .withDock(docked == null ? Dock.UNSPECIFIED : docked ? Dock.DOCKED : Dock.UNDOCKED)
                .withOpRegionWins(plan.request().source() == OpRegionSource.EMBEDDED)
                .withAslsAlways(plan.request().aslsAlways())
                .withClearsDisplayState(plan.request().clearsDisplayState())
                .withTreatAs(plan.treatAs())
                .withStolen(plan.stolen().base(), plan.stolen().size())
                .withBuiltFor(builtFor(plan))
                .withOpRegion(opRegion == null ? Image.EMPTY : opRegion.value())
                .withPolicyVbt(plan.vbt().policy())
                .withOriginalVbt(plan.vbt().original())
                .withGopEdit(gopEdit(plan.gop()));
    }

    private static BuiltFor builtFor(Plan plan) {
        Set<Target> targets = EnumSet.noneOf(Target.class);
        for (GuestMachine machine : plan.machines()) {
            targets.add(
                    switch (machine) {
                        case Q35 -> Target.Q35;
                        case PC -> Target.PC;
                        case BHYVE -> Target.BHYVE;
                    });
        }
        PciId bridge = plan.gop() == null ? null : plan.gop().bridge();
        return new BuiltFor(
                targets,
                plan.device().device(),
                bridge == null ? 0 : bridge.device(),
                plan.origin());
    }

    private static Image gopEdit(@Nullable PlannedGop gop) {
        return gop == null || gop.edit() == null
                ? Image.EMPTY
                : new GopEdit(gop.original().sha256(), gop.edit()).image();
    }

    public RomParts withGop(PeImage driver) {
        return new RomParts(
                device, classCode, vgaBioses, this.driver, Optional.of(driver), compressed);
    }

    /// Puts the images together: legacy images, the driver, the GOP. Firmware starts them in this
    /// order, so that the GOP finds what the driver has set up.
    ///
    /// The size is a multiple of 512 and need not be a power of two: QEMU (hw/pci/pci.c,
    /// pci_add_option_rom) makes the BAR large enough.
    ///
    /// @throws RomTooLargeException when the ROM would have more than [#MAX_SIZE] bytes
    public OptionRom assemble() {
        List<RomImage> images = new ArrayList<>();
        for (RomImage vgaBios : vgaBioses) {
            // Firmware images often hold it without a checksum.
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
            throw new RomTooLargeException(size);
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
            throw new RomTooLargeException(bytes.size());
        }
        return builder.efi(
                program.subsystem().code(),
                program.machine().code(),
                compressed ? RomHeader.Efi.COMPRESSED : RomHeader.Efi.UNCOMPRESSED,
                compressed ? Codec.EFI_1_1.compress(bytes) : bytes);
    }
}
