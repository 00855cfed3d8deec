package igdrom.plan.vm;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Completes the options of a rule with those that depend on the host, the guest and the ROM.
///
/// @param macos what macOS needs, null for other systems
record OptionChoice(
        HostSide host,
        VmLog log,
        GpuKind gpu,
        ProgramVersion qemu,
        PciId device,
        @Nullable MacosSupport macos,
        @Nullable RomFacts rom) {
    private static final String GMS = "x-igd-gms";
    private static final String LPC = "x-igd-lpc";
    private static final String CLASS_CODE = "x-pci-class-code";
    private static final ProgramVersion SETS_UP_OTHER_DISPLAYS = new ProgramVersion(10, 2, 0);
    private static final ProgramVersion KEEPS_GMS = new ProgramVersion(10, 0, 0);
    private static final int VGA_CLASS = 0x030000;
    private static final long MIB = 1L << 20;

    /// Enough for every known driver of Windows.
    private static final int WANTED_GMS = 2;

    private static final long GMS_UNIT = 32 * MIB;

    void complete(SequencedMap<String, String> options) {
        if (options.containsKey(LPC) && host.isLpcHidden()) {
            options.remove(LPC);
            log.warn(
                    "00:1f.0 of the host is no LPC bridge (class 0601): without it an unedited GOP"
                            + " does not start");
        }
        stolenSize(options);
        if (gpu.otherDisplay()) {
            otherDisplay(options);
        }
        if (macos != null) {
            PciId other = macos.otherId(device);
            if (other != null) {
                options.put("x-pci-device-id", "0x%04x".formatted(other.device()));
                log.note("macOS has no driver for %s and gets %s to see".formatted(device, other));
            }
        }
    }

    /// QEMU below 10.0 hides the host's size; newer ones keep it, which can be too small.
    private void stolenSize(SequencedMap<String, String> options) {
        int wanted = macos == null ? WANTED_GMS : MacosSupport.GMS;
        if (options.containsKey(GMS)) {
            options.put(GMS, Integer.toString(wanted));
            return;
        }
        if (!qemu.isAtLeast(KEEPS_GMS) || gpu.virtual()) {
            return;
        }
        OptionalLong size = host.stolenSize(Knowledge.platformOf(device).orElse(null));
        boolean tooSmall = size.isPresent() && size.getAsLong() < wanted * GMS_UNIT;
        if (!tooSmall && (macos == null || size.isPresent())) {
            return;
        }
        if (GmsLimit.find(qemu, gpu).isEmpty()) {
            log.warn(
                    "the host reserves less than "
                            + wanted * GMS_UNIT / MIB
                            + " MiB of stolen memory: set more (DVMT) in its firmware, since QEMU"
                            + " cannot show this GPU another size");
            return;
        }
        options.put(GMS, Integer.toString(wanted));
        log.note(
                "the guest gets %d MiB of stolen memory: %s"
                        .formatted(
                                wanted * GMS_UNIT / MIB,
                                size.isPresent()
                                        ? "the host reserves only " + size.getAsLong() / MIB
                                        : "how much the host reserves is not known"));
    }

    private void otherDisplay(SequencedMap<String, String> options) {
        if (!qemu.isAtLeast(SETS_UP_OTHER_DISPLAYS)) {
            log.warn(
                    "QEMU "
                            + qemu
                            + " gives a GPU of class 0380 the OpRegion only; 10.2 sets up stolen"
                            + " memory and the LPC bridge too");
        }
        log.note("the kernel of the host must be 6.15 or newer for a GPU of class 0380");
        if (rom != null && rom.classCode() == VGA_CLASS) {
            options.put(CLASS_CODE, "0x030000");
        } else {
            log.note(
                    "where the guest needs a VGA controller, add "
                            + CLASS_CODE
                            + "=0x030000 to the options");
        }
    }
}
