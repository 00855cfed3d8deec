package igdrom.bench.judge;

import igdrom.bench.witness.PciAddress;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a ROM has to do in the machine in which it is tested.
///
/// @param gpus in the order of their location
/// @param efiImages how many UEFI images the ROM has
/// @param driver what igdrom's driver in the ROM has to answer, null for a ROM without that driver
/// @param gop whether the ROM has a GOP, which then has to draw a picture
/// @param damage a part of the ROM that could not be read, in words; empty for none
/// @param vbtMadeUp whether the guest's only VBT was made up for this test
/// @param looks how often the guest is inspected: 2 with a reboot in between
/// @param wholeHost whether a kernel and QEMU hand the device to the guest, else this program
public record Expectation(
        List<Gpu> gpus,
        int efiImages,
        @Nullable Driver driver,
        boolean gop,
        String damage,
        boolean vbtMadeUp,
        int looks,
        boolean wholeHost) {
    public Expectation {
        gpus = List.copyOf(gpus);
        if (gpus.isEmpty() || looks < 1) {
            throw new IllegalArgumentException("nothing to inspect");
        }
    }

    /// The same of a guest whose host is a kernel with QEMU.
    public Expectation withWholeHost() {
        return new Expectation(gpus, efiImages, driver, gop, damage, vbtMadeUp, looks, true);
    }

    /// The same where nobody can look into the display but the guest.
    public Expectation withHiddenDisplay() {
        return new Expectation(
                gpus,
                efiImages,
                driver == null ? null : new Driver(driver.policy(), false),
                gop,
                damage,
                vbtMadeUp,
                looks,
                wholeHost);
    }

    /// Whether the ROM has igdrom's driver.
    public boolean igdromDriver() {
        return driver != null;
    }

    /// The answers of igdrom's driver.
    ///
    /// @param policy from the data of its ROM
    /// @param clearsDisplayState whether it clears what the host's firmware left in the display
    public record Driver(RomData.Policy policy, boolean clearsDisplayState) {}

    /// Whether igdrom's driver is to clear what the host's firmware left in the display.
    boolean clearsDisplayState() {
        return driver != null && driver.clearsDisplayState();
    }

    /// One graphics device.
    ///
    /// @param platform whose rules apply, null when the device is unknown
    /// @param secondary whether it is not the VGA device: then no OpRegion is normal
    /// @param opRegion null when there is no source of one
    /// @param stolen null when the platform has none in a guest, or is unknown
    public record Gpu(
            PciAddress location,
            PciId id,
            @Nullable Platform platform,
            boolean secondary,
            @Nullable OpRegion opRegion,
            @Nullable Stolen stolen) {
        /// Whether a GOP must not start: on a platform with stolen memory it would draw over the
        /// guest's without it.
        boolean withholdsPolicy() {
            return platform != null
                    && platform.stolenBase() != null
                    && platform.stolenInGuest()
                    && stolen == null;
        }
    }

    /// What the guest's memory must hold where ASLS points.
    ///
    /// @param bytes the whole OpRegion, with a VBT after its 8 KiB if it has one there
    /// @param vbt the VBT of the source, empty when it has none
    /// @param source where the OpRegion comes from, for messages
    /// @param preset the address at which the hypervisor put it, 0 when it did not
    public record OpRegion(Image bytes, Image vbt, String source, long preset) {}

    /// The stolen memory that BDSM must point to.
    ///
    /// @param sizeSource where the size comes from, for messages
    /// @param base the required address, 0 for any
    /// @param baseSource where the base comes from, for messages
    /// @param preset whether BDSM points there before the guest starts
    public record Stolen(
            long size, String sizeSource, long base, String baseSource, boolean preset) {
        public Stolen {
            if (size <= 0) {
                throw new IllegalArgumentException("a size of 0: use null for no stolen memory");
            }
        }
    }
}
