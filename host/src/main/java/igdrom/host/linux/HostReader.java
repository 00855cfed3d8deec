package igdrom.host.linux;

import igdrom.host.BootFirmware;
import igdrom.host.DeviceRomImage;
import igdrom.host.Fact;
import igdrom.host.Graphics;
import igdrom.host.Kernel;
import igdrom.host.PciFunctions;
import igdrom.host.Snapshot;
import java.util.List;

/// Reads the facts of a machine.
public record HostReader(HostRoot root) {
    /// Reads every fact but the ROM. One that cannot be read is [Fact.Unknown], with the reason.
    ///
    /// @param measuredBy the program that reads, and its version
    public Snapshot read(String measuredBy) {
        return read(measuredBy, false);
    }

    /// Reads every fact, and the ROM of the graphics, which touches the device: the file `rom` of
    /// the function is written.
    public Snapshot readWithRom(String measuredBy) {
        return read(measuredBy, true);
    }

    /// Reads what a ROM depends on: the PCI functions and their display. The kernel's log is read
    /// only where `/proc/iomem` does not show the stolen memory, and no hypervisor is looked at.
    ///
    /// @param measuredBy the program that reads, and its version
    public Snapshot readForRom(String measuredBy) {
        PciFunctions pci = new PciDevices(root).functions();
        Graphics seen = graphics(pci, notAsked(pci));
        Snapshot none = Snapshot.unknown(measuredBy, "this machine", "not needed for a ROM");
        boolean whole = seen.stolenMemory().value().isPresent();
        Snapshot logged = whole ? none : new KernelLog(root).facts(measuredBy);
        return none.with(pci, seen.or(logged.graphics()));
    }

    /// The name of the machine, to remove it from texts; empty where it identifies nobody.
    public String hostName() {
        return new KernelLog(root).hostName();
    }

    private Graphics graphics(PciFunctions pci, Fact<List<DeviceRomImage>> rom) {
        return new GraphicsFiles(root, pci.igd()).graphics(rom);
    }

    private static Fact<List<DeviceRomImage>> notAsked(PciFunctions pci) {
        return new Fact.Unknown<>(
                PciDevices.directory(pci.igd().address()) + "/rom", "not asked for");
    }

    private Snapshot read(String measuredBy, boolean withRom) {
        PciFunctions pci = new PciDevices(root).functions();
        KernelLog log = new KernelLog(root);
        Snapshot logged = log.facts(measuredBy);
        BootFirmware firmware = new FirmwareFiles(root).firmware(logged.firmware());
        Kernel kernel = new KernelFiles(root).kernel(log.lines(logged.kernel()));
        String igd = pci.igd().address();
        Fact<List<DeviceRomImage>> rom =
                withRom && pci.igd().id().value().isPresent()
                        ? new DeviceRom(root, igd).images()
                        : notAsked(pci);
        return new Snapshot(
                measuredBy,
                pci,
                graphics(pci, rom).or(logged.graphics()),
                new IommuFiles(root).iommu(),
                firmware,
                new VfioFiles(root).vfio(),
                kernel,
                new MachineFiles(root).machine(kernel.commandLine(), firmware.uefi()),
                new HypervisorFiles(root).hypervisors(),
                new Fact.Unknown<>("an image of the firmware", "none was given"));
    }
}
