package igdrom.report;

import igdrom.plan.GuestMachine;
import igdrom.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/// What to do with a ROM once it is built.
public final class NextSteps {
    /// Source: FreeBSD, usr.sbin/bhyve/amd64/pci_lpc.c: `host` copies the value of the host's
    /// bridge.
    private static final List<String> BRIDGE_REGISTERS =
            List.of("vendor", "device", "revid", "subvendor", "subdevice");

    private NextSteps() {}

    public static List<String> of(BuildReport report, Wording wording) {
        Plan plan = report.plan();
        String file = report.file();
        List<String> steps = new ArrayList<>();
        steps.add(wording.verifyRom(plan.device(), file));
        String lowBars =
                plan.gop() != null && plan.platform().gopNeedsLowBar2()
                        ? "-fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=0 "
                        : "";
        for (GuestMachine machine : plan.machines()) {
            steps.add(
                    switch (machine) {
                        case Q35 -> "QEMU: " + lowBars + qemu("q35", "pcie.0", "", file);
                        case PC ->
                                "QEMU: "
                                        + lowBars
                                        + qemu(
                                                "pc",
                                                "pci.0",
                                                ",x-igd-legacy-mode=off,x-igd-lpc=on",
                                                file);
                        case BHYVE -> "bhyve: -s 2,passthru,0/2/0,rom=" + file;
                    });
        }
        if (plan.machines().contains(GuestMachine.BHYVE)) {
            steps.add("bhyve, with -s 31,lpc: " + bridgeOfHost());
        }
        if (!plan.vgaBioses().isEmpty()
                && plan.machines().contains(GuestMachine.PC)
                && plan.platform().hasLegacyMode()) {
            steps.add("QEMU with SeaBIOS: " + qemu("pc", "pci.0", ",x-igd-legacy-mode=on", file));
        }
        steps.add("in the guest: " + wording.readDriverReport());
        return steps;
    }

    private static String qemu(String machine, String bus, String options, String file) {
        return "-machine %s -vga none -device vfio-pci,host=0000:00:02.0,bus=%s,addr=02.0,"
                        .formatted(machine, bus)
                + "x-igd-opregion=on%s,romfile=%s".formatted(options, file);
    }

    private static String bridgeOfHost() {
        List<String> options = new ArrayList<>();
        for (String register : BRIDGE_REGISTERS) {
            options.add("-o pci.0.31.0.pcireg." + register + "=host");
        }
        return String.join(" ", options);
    }
}
