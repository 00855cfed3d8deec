package igdrom.host.linux;

import igdrom.host.BootFirmware;
import igdrom.host.Fact;
import igdrom.host.Kernel;
import igdrom.host.PciFunctions;
import igdrom.host.Snapshot;

/// Reads the facts of a machine.
public record HostReader(HostRoot root) {
    /// Reads every fact. One that cannot be read is [Fact.Unknown], with the reason.
    ///
    /// @param measuredBy the program that reads, and its version
    public Snapshot read(String measuredBy) {
        PciFunctions pci = new PciDevices(root).functions();
        KernelLog log = new KernelLog(root);
        Snapshot logged = log.facts(measuredBy);
        BootFirmware firmware = new FirmwareFiles(root).firmware(logged.firmware());
        Kernel kernel = new KernelFiles(root).kernel(log.lines(logged.kernel()));
        return new Snapshot(
                measuredBy,
                pci,
                new GraphicsFiles(root, pci.igd())
                        .graphics(logged.graphics(), new Fact.Unknown<>("the ROM", "not read")),
                new IommuFiles(root).iommu(),
                firmware,
                new VfioFiles(root).vfio(),
                kernel,
                new MachineFiles(root).machine(kernel.commandLine(), firmware.uefi()),
                new HypervisorFiles(root).hypervisors(),
                new Fact.Unknown<>("a firmware image", "none was given"));
    }
}
