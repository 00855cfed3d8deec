package igdrom.virtualigd;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.knowledge.Platform.GraphicsControl;

/// The kind of a [VirtualIgd] and its state when the guest starts.
///
/// @param platform whose registers the device has, even if the id belongs to another platform
/// @param classCode 24 bits: 030000 or 038000
/// @param ggc the graphics control register
/// @param asls initial value of the register, 0 for none
/// @param bdsm initial value of the register, 0 for none
/// @param reset what a reset does to ASLS and BDSM
/// @param edid of the monitor, empty for no monitor
/// @param host the machine to which the device belongs
public record IgdModel(
        PciId id,
        Platform platform,
        int revision,
        int classCode,
        int ggc,
        long asls,
        long bdsm,
        Reset reset,
        Image edid,
        IgdHost host) {
    public static final int VGA = 0x030000;
    public static final int DISPLAY = 0x038000;

    /// The first graphics version with SR-IOV.
    ///
    /// Source: Linux, drivers/gpu/drm/xe/xe_pci.c, has_sriov: Tiger Lake and later.
    public static final int FIRST_WITH_VIRTUAL_FUNCTIONS = 1200;

    private static final int STOLEN_MIB = 64;
    private static final long MIB = 1 << 20;

    /// What a reset of the machine does to the addresses of OpRegion and stolen memory.
    public enum Reset {
        /// They keep their values.
        ///
        /// Source: QEMU, hw/pci/pci.c, `pci_do_device_reset`: resets command, status, BARs and
        /// interrupts, but not the registers that hw/vfio/igd.c emulates.
        KEEPS,
        /// They return to their initial values.
        RESTORES
    }

    public IgdModel {
        if (revision >>> 8 != 0 || classCode >>> 24 != 0 || ggc >>> 16 != 0 || asls >>> 32 != 0) {
            throw new IllegalArgumentException("a value of " + id + " exceeds its register");
        }
        if (host.isVirtualFunction() && platform.graphicsVersion() < FIRST_WITH_VIRTUAL_FUNCTIONS) {
            throw new IllegalArgumentException(platform + " has no virtual functions");
        }
        if (bdsm != 0 && platform.stolenBase() == null) {
            throw new IllegalArgumentException(platform + " has no BDSM register");
        }
    }

    /// A device as a hypervisor provides it that sets up no addresses: a VGA controller with 64 MiB
    /// of stolen memory, the largest page table, and a monitor.
    ///
    /// @throws IllegalArgumentException when the id is not that of a known IGD
    public static IgdModel of(PciId id) {
        return of(
                id,
                Knowledge.platformOf(id)
                        .orElseThrow(
                                () -> new IllegalArgumentException(id + " is not a known IGD")));
    }

    /// A device as [#of(PciId)] makes it, with the registers of this platform and any id.
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
                Edid.FULL_HD,
                IgdHost.TYPICAL);
    }

    public IgdModel withRevision(int revision) {
        return new IgdModel(id, platform, revision, classCode, ggc, asls, bdsm, reset, edid, host);
    }

    public IgdModel withClass(int classCode) {
        return new IgdModel(id, platform, revision, classCode, ggc, asls, bdsm, reset, edid, host);
    }

    public IgdModel withGgc(int ggc) {
        return new IgdModel(id, platform, revision, classCode, ggc, asls, bdsm, reset, edid, host);
    }

    /// A copy with a graphics control register for this much stolen memory.
    ///
    /// @throws IllegalArgumentException when the register cannot encode the size
    public IgdModel withStolenMiB(int mib) {
        return withGgc(ggc(platform.graphicsControl(), platform.ggttMaxMiB(), mib));
    }

    /// A copy with addresses that the hypervisor sets before the guest starts, 0 for none.
    public IgdModel withPresets(long asls, long bdsm) {
        return new IgdModel(id, platform, revision, classCode, ggc, asls, bdsm, reset, edid, host);
    }

    public IgdModel withReset(Reset reset) {
        return new IgdModel(id, platform, revision, classCode, ggc, asls, bdsm, reset, edid, host);
    }

    /// A copy with another monitor, or with none for an empty EDID.
    public IgdModel withEdid(Image edid) {
        return new IgdModel(id, platform, revision, classCode, ggc, asls, bdsm, reset, edid, host);
    }

    /// A copy that belongs to this host. Where no hypervisor emulates the registers, ASLS and BDSM
    /// hold the host's values.
    public IgdModel withHost(IgdHost host) {
        IgdModel model =
                new IgdModel(id, platform, revision, classCode, ggc, asls, bdsm, reset, edid, host);
        if (!host.raw()) {
            return model;
        }
        if (host.isVirtualFunction()) {
            return model.withPresets(0, 0).withGgc(0);
        }
        long base = platform.stolenBase() == null ? 0 : host.bdsm();
        int lock = host.registers() == IgdHost.Registers.LOCKED ? IgdHost.LOCK : 0;
        return model.withPresets(host.asls(), base).withGgc(ggc | lock).withReset(Reset.KEEPS);
    }

    /// The size of stolen memory in bytes, according to the graphics control register.
    public long stolenSize() {
        return platform.graphicsControl().stolenSize(ggc);
    }

    /// The last MiB of the host's stolen memory, which the hardware keeps for itself.
    long hostReserved() {
        return host.stolenBase() + stolenSize() - MIB;
    }

    /// Where the memory of the host's global page table begins: just below stolen memory.
    ///
    /// Spec: Intel Core Processor Datasheet Volume 2, "Graphics Stolen Spaces".
    long hostPageTable() {
        return host.stolenBase() - platform.ggttMaxMiB() * MIB;
    }

    private static int ggc(GraphicsControl control, int ggttMiB, int stolenMiB) {
        int ggms = control.ggttPowerOfTwo() ? Integer.numberOfTrailingZeros(ggttMiB) : ggttMiB;
        for (int gms = 0; gms < 1 << control.gmsBits(); gms++) {
            int value = gms << control.gmsShift();
            if (control.stolenSize(value) == (long) stolenMiB << 20) {
                return value | ggms << control.ggmsShift();
            }
        }
        throw new IllegalArgumentException(
                "GGC cannot encode " + stolenMiB + " MiB of stolen memory");
    }
}
