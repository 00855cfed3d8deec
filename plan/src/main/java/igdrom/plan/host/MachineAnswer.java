package igdrom.plan.host;

import igdrom.host.MemoryRange;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.plan.GuestMachine;
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
        Optional<MemoryRange> stolen = StolenMemoryCheck.stolen(host);
        boolean compared = host.platform().map(Platform::baseCompared).orElse(false);
        if (compared && stolen.isPresent()) {
            long end = stolen.get().base() + stolen.get().size();
            if (end > Knowledge.lowMemory("q35").limit()
                    && end <= Knowledge.lowMemory("pc").limit()) {
                return new MachineAnswer(
                        List.of(GuestMachine.PC, GuestMachine.Q35),
                        "stolen memory at 0x%x, which drivers of %s expect in the guest too, fits"
                                        .formatted(
                                                stolen.get().base(), host.platform().get().family())
                                + " into the low memory of pc only when the guest has 2.75 GiB or"
                                + " more");
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
