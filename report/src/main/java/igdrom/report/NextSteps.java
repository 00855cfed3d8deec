package igdrom.report;

import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.hypervisor.BhyveText;
import igdrom.hypervisor.QemuText;
import igdrom.plan.GuestMachine;
import igdrom.plan.Plan;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.RomFacts.VgaBios;
import igdrom.plan.vm.VmPlan;
import igdrom.plan.vm.VmPlanner;
import igdrom.plan.vm.VmRequest;
import igdrom.plan.vm.VmResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What to do with a ROM once it is built.
public final class NextSteps {
    private NextSteps() {}

    public static List<String> of(BuildReport report, Wording wording) {
        Plan plan = report.plan();
        String file = report.file();
        List<String> steps = new ArrayList<>();
        steps.add(wording.verifyRom(plan.device(), file));
        for (GuestMachine machine : plan.machines()) {
            if (machine == GuestMachine.BHYVE) {
                add(steps, plan, file, machine, GuestFirmware.UEFI, "bhyve: -s ");
                steps.add("bhyve, with -s 31,lpc: " + String.join(" ", BhyveText.bridgeOfHost()));
            } else {
                add(steps, plan, file, machine, GuestFirmware.UEFI, "QEMU: ");
            }
        }
        if (!plan.vgaBioses().isEmpty() && plan.machines().contains(GuestMachine.PC)) {
            add(steps, plan, file, GuestMachine.PC, GuestFirmware.SEABIOS, "QEMU with SeaBIOS: ");
        }
        steps.add(
                "for the whole configuration: "
                        + wording.writeConfiguration(
                                plan.machines().contains(GuestMachine.Q35)
                                                || plan.machines().contains(GuestMachine.PC)
                                        ? Hypervisor.QEMU
                                        : Hypervisor.BHYVE,
                                file));
        steps.add("in the guest: " + wording.readDriverReport());
        return steps;
    }

    /// Adds the step for one kind of guest, unless no hypervisor can have it.
    private static void add(
            List<String> steps,
            Plan plan,
            String file,
            GuestMachine machine,
            GuestFirmware firmware,
            String label) {
        Hypervisor hypervisor = machine == GuestMachine.BHYVE ? Hypervisor.BHYVE : Hypervisor.QEMU;
        VmRequest request =
                VmRequest.of(hypervisor)
                        .withDevice(plan.device())
                        .withMachine(machine)
                        .withFirmware(firmware, false)
                        .withRomFile(file);
        VmResult result = VmPlanner.plan(request, null, facts(plan, file));
        if (result instanceof VmPlan vm) {
            steps.add(
                    label
                            + (hypervisor == Hypervisor.BHYVE
                                    ? BhyveText.device(vm)
                                    : "-machine "
                                            + machine.id()
                                            + " "
                                            + String.join(" ", QemuText.igd(vm))));
        }
    }

    /// What [igdrom.rom.RomPurpose] would find in the ROM.
    private static RomFacts facts(Plan plan, String file) {
        return new RomFacts(
                file,
                List.of(plan.device()),
                plan.classCode(),
                new BuiltFor(Set.of(), plan.device().device(), 0, OpRegionOrigin.NONE),
                plan.gop() != null,
                true,
                plan.vgaBioses().isEmpty() ? VgaBios.NONE : VgaBios.CLEARED);
    }
}
