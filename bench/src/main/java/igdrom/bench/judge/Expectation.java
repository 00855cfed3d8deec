package igdrom.bench.judge;

import igdrom.bench.witness.PciAddress;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Platform;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a ROM must set up in the test machine.
///
/// @param gpus the device under test first
/// @param efiImages how many UEFI images the ROM has
/// @param ours whether the ROM has igdrom's driver
/// @param gop whether the ROM has a GOP, which must draw a picture
/// @param looks how many times the guest is inspected: 2 with a reboot in between
public record Expectation(List<Gpu> gpus, int efiImages, boolean ours, boolean gop, int looks) {
    public Expectation {
        gpus = List.copyOf(gpus);
        if (gpus.isEmpty() || looks < 1) {
            throw new IllegalArgumentException("no GPU or no look is expected");
        }
    }

    /// One graphics device.
    ///
    /// @param platform whose rules apply, null when the device is unknown
    /// @param opRegion null when neither the ROM nor the hypervisor provides one
    /// @param stolen null when the platform needs none in a guest, or is unknown
    public record Gpu(
            PciAddress location,
            PciId id,
            @Nullable Platform platform,
            @Nullable OpRegion opRegion,
            @Nullable Stolen stolen) {}

    /// What the guest's memory must hold where ASLS points.
    ///
    /// @param bytes the whole OpRegion, with a VBT after its 8 KiB if it has one there
    /// @param vbt the VBT of the source, empty when it has none
    /// @param source where the OpRegion comes from, for messages
    /// @param preset the address at which the hypervisor put it, 0 when it did not
    public record OpRegion(Image bytes, Image vbt, String source, long preset) {}

    /// The stolen memory that must be reserved at BDSM.
    ///
    /// @param sizeSource what determines the size, for messages
    /// @param base the required address, 0 when any is acceptable
    /// @param baseSource what determines the base, for messages
    /// @param preset whether BDSM holds `base` before the driver runs
    public record Stolen(
            long size, String sizeSource, long base, String baseSource, boolean preset) {
        public Stolen {
            if (size <= 0) {
                throw new IllegalArgumentException(
                        "absent stolen memory must be null, not a size of " + size);
            }
        }
    }
}
