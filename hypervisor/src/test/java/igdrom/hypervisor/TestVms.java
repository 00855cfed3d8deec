package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.formats.pci.PciId;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.RomFacts.VgaBios;
import igdrom.plan.vm.Versions;
import igdrom.plan.vm.VmPlan;
import igdrom.plan.vm.VmPlanner;
import igdrom.plan.vm.VmRequest;
import igdrom.plan.vm.VmResult;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans of virtual machines to write.
final class TestVms {
    static final PciId ADL_N = PciId.intel(0x46d1);
    static final PciId COFFEE_LAKE = PciId.intel(0x3e92);

    /// Its GOP needs BAR2 below 4 GiB.
    static final PciId APOLLO_LAKE = PciId.intel(0x5a85);

    private TestVms() {}

    static VmRequest request(Hypervisor hypervisor, @Nullable GuestMachine machine) {
        return VmRequest.of(hypervisor).withMachine(machine).withRomFile("/root/igd.rom");
    }

    static VmRequest qemu(String version, GuestMachine machine) {
        return request(Hypervisor.QEMU, machine)
                .withVersions(new Versions(ProgramVersion.of(version), null, null));
    }

    static VmRequest libvirt(String version, GuestMachine machine) {
        return request(Hypervisor.LIBVIRT, machine)
                .withVersions(
                        new Versions(ProgramVersion.of("10.1"), ProgramVersion.of(version), null));
    }

    static VmRequest proxmox(String version, GuestMachine machine) {
        return request(Hypervisor.PROXMOX, machine)
                .withVersions(new Versions(null, null, ProgramVersion.of(version)));
    }

    static VmPlan plan(VmRequest request, PciId device) {
        VmResult result = VmPlanner.plan(request, null, rom(device));
        assertThat(result).isInstanceOf(VmPlan.class);
        return (VmPlan) result;
    }

    static RomFacts rom(PciId device) {
        return new RomFacts(
                "igd.rom",
                List.of(device),
                0x030000,
                new BuiltFor(Set.of(), device.device(), 0, OpRegionOrigin.NONE),
                true,
                true,
                VgaBios.NONE);
    }
}
