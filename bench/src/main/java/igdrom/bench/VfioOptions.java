package igdrom.bench;

import igdrom.bench.setup.Qemu;
import igdrom.knowledge.Platform.GraphicsControl;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GmsLimit;
import igdrom.plan.vm.GpuKind;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.OptionRule;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.VfioProperty;
import igdrom.virtualigd.IgdModel;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The options of QEMU's vfio-pci that decide what a guest gets of an IGD.
///
/// @param words each NAME=VALUE
record VfioOptions(List<String> words) {
    private static final String GMS = "x-igd-gms=";
    private static final String BRIDGE = "x-igd-lpc=on";

    /// Source: QEMU 7.2, hw/vfio/igd.c, `vfio_probe_igd_bar4_quirk`: an older one returns at the
    /// LPC bridge of q35 before it reads the option.
    private static final ProgramVersion FIRST_WITH_GMS_ON_Q35 = new ProgramVersion(10, 0, 0);

    VfioOptions {
        words = List.copyOf(words);
    }

    /// The given options, or those that `igdrom config` writes for such a guest when none are
    /// given.
    static VfioOptions of(List<String> given, TestMachine machine, Qemu qemu) {
        return given.isEmpty() ? recommended(machine, qemu) : new VfioOptions(given);
    }

    /// The options that `igdrom config` writes for such a guest.
    static VfioOptions recommended(TestMachine machine, Qemu qemu) {
        GuestMachine type =
                switch (machine.type()) {
                    case Q35 -> GuestMachine.Q35;
                    case PC -> GuestMachine.PC;
                };
        ProgramVersion version = ProgramVersion.of(qemu.version());
        return new VfioOptions(
                OptionRule.find(version, kind(machine), type, GuestFirmware.UEFI)
                        .map(OptionRule::options)
                        .orElse(Map.of())
                        .entrySet()
                        .stream()
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .toList());
    }

    /// Whether QEMU has to copy the ids of the host's LPC bridge.
    boolean copyBridge() {
        return words.contains(BRIDGE);
    }

    /// The machine as its guest has it: `x-igd-gms` replaces the size of stolen memory in GGC, and
    /// the file that offers it.
    ///
    /// Source: QEMU, hw/vfio/igd.c, `vfio_pci_igd_config_quirk`.
    TestMachine guest(TestMachine machine, Qemu qemu) {
        IgdModel model = machine.gpus().getFirst();
        ProgramVersion version = ProgramVersion.of(qemu.version());
        long gms = gms();
        boolean read = machine.type() == MachineType.PC || version.isAtLeast(FIRST_WITH_GMS_ON_Q35);
        boolean taken =
                GmsLimit.find(version, kind(machine))
                        .filter(limit -> limit.allows(gms))
                        .isPresent();
        if (gms == 0 || !read || !taken || !model.platform().stolenInGuest()) {
            return machine;
        }
        GraphicsControl control = model.platform().graphicsControl();
        int mask = ((1 << control.gmsBits()) - 1) << control.gmsShift();
        int field = ((int) gms << control.gmsShift()) & mask;
        IgdModel changed = model.withGgc((model.ggc() & ~mask) | field);
        return machine.toBuilder()
                .gpus(changed)
                .files(machine.opRegion(), changed.stolenSize(), machine.stolenBase())
                .build();
    }

    /// The value of the last `x-igd-gms`, which QEMU takes; 0 leaves the host's.
    private long gms() {
        return words.stream()
                .filter(word -> word.startsWith(GMS))
                .map(word -> VfioProperty.number(word.substring(GMS.length())))
                .reduce((_, last) -> last)
                .orElse(OptionalLong.empty())
                .orElse(0);
    }

    private static GpuKind kind(TestMachine machine) {
        IgdModel model = machine.gpus().getFirst();
        return new GpuKind(
                GpuKind.generationOf(model.id()), false, model.classCode() != IgdModel.VGA);
    }
}
