package igdrom.report;

import igdrom.plan.GuestMachine;
import igdrom.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/// What to do with a ROM once it is built.
public final class NextSteps {
    private NextSteps() {}

    public static List<String> of(BuildReport report, Wording wording) {
        Plan plan = report.plan();
        String file = report.file();
        List<String> steps = new ArrayList<>();
        steps.add(wording.verifyRom(plan.device(), file));
        GuestMachine machine = plan.request().machine();
        if (machine == GuestMachine.BHYVE) {
            steps.add("bhyve: -s 2,passthru,0/2/0,rom=" + file);
            return steps;
        }
        String bus = machine == GuestMachine.Q35 ? "pcie.0" : "pci.0";
        boolean needsBridge = plan.gop() != null && plan.gop().needsBridge();
        String lpc = needsBridge && machine != GuestMachine.Q35 ? ",x-igd-lpc=on" : "";
        String region = plan.opRegion() == null ? ",x-igd-opregion=on" : "";
        steps.add(
                "QEMU: -device vfio-pci,host=0000:00:02.0,bus=%s,addr=02.0%s%s,romfile=%s"
                        .formatted(bus, lpc, region, file));
        steps.add("in the guest: " + wording.readDriverReport());
        return steps;
    }
}
