package igdrom.bench.judge;

import igdrom.bench.witness.PciAddress;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a ROM has to bring about in the machine that it is tested in.
///
/// @param gpus the one that is asked about first
/// @param efiImages how many UEFI images the ROM has
/// @param ours the ROM has igdrom's own driver
/// @param gop the ROM has a GOP, which is to draw a picture
/// @param looks how often the guest is looked at: 2 with a reboot in between
public record Expectation(List<Gpu> gpus, int efiImages, boolean ours, boolean gop, int looks) {
    public Expectation {
        gpus = List.copyOf(gpus);
        if (gpus.isEmpty() || looks < 1) {
            throw new IllegalArgumentException("nothing to look at");
        }
    }

    /// One graphics device.
    ///
    /// @param platform whose rules hold, null when the device is not known
    /// @param opRegion null when nobody gives one
    /// @param stolen null when the platform has none in a guest, or is not known
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
    /// @param source where the OpRegion comes from, in words
    /// @param preset the address at which the hypervisor put it, 0 when it did not
    public record OpRegion(Image bytes, Image vbt, String source, long preset) {}

    /// What is to be found where BDSM leads.
    ///
    /// @param sizeSource who says the size, in words
    /// @param base where it has to be, 0 for wherever there is room
    /// @param baseSource who says so, in words
    /// @param preset BDSM leads there from the beginning
    public record Stolen(
            long size, String sizeSource, long base, String baseSource, boolean preset) {
        public Stolen {
            if (size <= 0) {
                throw new IllegalArgumentException("no stolen memory is null");
            }
        }
    }
}
