package igdrom.plan.host;

import igdrom.host.MemoryRange;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.OptionRule;
import java.util.List;
import java.util.Optional;

/// Which machine types a guest on this host can have.
///
/// @param machines the better one first
/// @param text why, as a clause
public record MachineAnswer(List<GuestMachine> machines, String text) {
    public MachineAnswer {
        machines = List.copyOf(machines);
    }

    static MachineAnswer of(Host host) {
        if (host.isFreeBsd()) {
            return new MachineAnswer(List.of(GuestMachine.BHYVE), "bhyve has one machine type");
        }
        OptionRule rule = host.rule(GuestMachine.PC, GuestFirmware.UEFI).orElse(null);
        if (rule != null && rule.works() && rule.needs().contains(OptionRule.Need.VGA_REGION)) {
            return new MachineAnswer(
                    List.of(GuestMachine.PC),
                    "QEMU before 10.0 sets up stolen memory on this one only");
        }
        Optional<MemoryRange> stolen =
                StolenMemoryCheck.stolen(host).or(() -> StolenMemoryCheck.reserved(host).value());
        Optional<Platform> platform = host.platform().filter(Platform::baseCompared);
        if (platform.isPresent() && stolen.isPresent()) {
            long end = stolen.get().base() + stolen.get().size();
            if (end > Knowledge.lowMemory("q35").limit()
                    && end <= Knowledge.lowMemory("pc").limit()) {
                return new MachineAnswer(
                        List.of(GuestMachine.PC, GuestMachine.Q35),
                        "drivers of %s expect stolen memory where the host has it, up to 0x%x: the"
                                        .formatted(platform.get().family(), end - 1)
                                + " low memory of pc includes that, and that of q35 does not (in"
                                + " guests of 2.75 GiB or more)");
            }
        }
        String lowBar =
                host.platform().map(Platform::gopNeedsLowBar2).orElse(false)
                        ? "; its GOP needs BAR2 below 4 GiB: -fw_cfg"
                                + " name=opt/ovmf/X-PciMmio64Mb,string=0"
                        : "";
        return new MachineAnswer(
                List.of(GuestMachine.Q35, GuestMachine.PC), "a ROM of igdrom serves both" + lowBar);
    }
}
