package igdrom.virtualigd;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.knowledge.Platform.GraphicsControl;

/// What device a [VirtualIgd] is, and how it is found when the guest starts.
///
/// @param platform whose registers it has, also when the id is not one of that platform
/// @param classCode 24 bits: 030000 or 038000
/// @param ggc the graphics control register
/// @param asls what the register holds at first, 0 for nothing
/// @param bdsm what the register holds at first, 0 for nothing
/// @param reset what a reset makes of these two
/// @param edid of the monitor, empty for none
public record IgdModel(
        PciId id,
        Platform platform,
        int revision,
        int classCode,
        int ggc,
        long asls,
        long bdsm,
        Reset reset,
        Image edid) {
    public static final int VGA = 0x030000;
    public static final int DISPLAY = 0x038000;

    private static final int STOLEN_MIB = 64;

    /// What becomes of the addresses of OpRegion and stolen memory when the machine is reset.
    public enum Reset {
        /// They stay.
        ///
        /// Source: QEMU, hw/pci/pci.c, `pci_do_device_reset`: resets command, status, BARs and
        /// interrupts, not the registers that hw/vfio/igd.c emulates.
        KEEPS,
        /// They become what they were at first.
        RESTORES
    }

    public IgdModel {
        if (revision >>> 8 != 0 || classCode >>> 24 != 0 || ggc >>> 16 != 0 || asls >>> 32 != 0) {
            throw new IllegalArgumentException("a value of " + id + " is too wide");
        }
        if (bdsm != 0 && platform.stolenBase() == null) {
            throw new IllegalArgumentException(platform + " has no register for stolen memory");
        }
    }

    /// A device as it comes out of a hypervisor that has set up nothing: a VGA controller with 64
    /// MiB of stolen memory and the largest page table, and a monitor.
    ///
    /// @throws IllegalArgumentException when the device is not known
    public static IgdModel of(PciId id) {
        return of(
                id,
                Knowledge.platformOf(id)
                        .orElseThrow(() -> new IllegalArgumentException(id + " is no known IGD")));
    }

    /// The same with an id that need not be known.
    public static IgdModel of(PciId id, Platform platform) {
        return new IgdModel(
                id,
                platform,
                0,
                VGA,
                ggc(platform.graphicsControl(), platform.ggttMaxMiB(), STOLEN_MIB),
                0,
                0,
                Reset.KEEPS,
                Edid.FULL_HD);
    }

    public IgdModel withRevision(int other) {
        return new IgdModel(id, platform, other, classCode, ggc, asls, bdsm, reset, edid);
    }

    public IgdModel withClass(int other) {
        return new IgdModel(id, platform, revision, other, ggc, asls, bdsm, reset, edid);
    }

    public IgdModel withGgc(int other) {
        return new IgdModel(id, platform, revision, classCode, other, asls, bdsm, reset, edid);
    }

    /// With a graphics control register that says this much stolen memory.
    ///
    /// @throws IllegalArgumentException when it cannot say that
    public IgdModel withStolenMiB(int mib) {
        return withGgc(ggc(platform.graphicsControl(), platform.ggttMaxMiB(), mib));
    }

    /// With addresses that the hypervisor has set before the guest starts, 0 for none.
    public IgdModel withPresets(long asls, long bdsm) {
        return new IgdModel(id, platform, revision, classCode, ggc, asls, bdsm, reset, edid);
    }

    public IgdModel withReset(Reset other) {
        return new IgdModel(id, platform, revision, classCode, ggc, asls, bdsm, other, edid);
    }

    /// With another monitor, or none.
    public IgdModel withEdid(Image other) {
        return new IgdModel(id, platform, revision, classCode, ggc, asls, bdsm, reset, other);
    }

    /// The size of stolen memory in bytes, as the graphics control register says.
    public long stolenSize() {
        return platform.graphicsControl().stolenSize(ggc);
    }

    private static int ggc(GraphicsControl control, int ggttMiB, int stolenMiB) {
        int ggms = control.ggttPowerOfTwo() ? Integer.numberOfTrailingZeros(ggttMiB) : ggttMiB;
        for (int gms = 0; gms < 1 << control.gmsBits(); gms++) {
            int value = gms << control.gmsShift();
            if (control.stolenSize(value) == (long) stolenMiB << 20) {
                return value | ggms << control.ggmsShift();
            }
        }
        throw new IllegalArgumentException("GGC cannot say " + stolenMiB + " MiB");
    }
}
