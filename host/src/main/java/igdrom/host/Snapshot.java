package igdrom.host;

import igdrom.bytes.Image;
import java.util.List;
import java.util.Optional;

/// The facts of a machine that its ROM and its guests depend on, without serial numbers.
///
/// @param measuredBy the program that read them
/// @param pci its PCI functions
/// @param graphics what the host knows about its display
/// @param iommu what remaps DMA
/// @param firmware how the kernel was started
/// @param vfio vfio-pci
/// @param kernel the kernel
/// @param machine the machine and its system
/// @param hypervisors versions
/// @param image what was found in an image of its firmware
public record Snapshot(
        String measuredBy,
        PciFunctions pci,
        Graphics graphics,
        Iommu iommu,
        BootFirmware firmware,
        Vfio vfio,
        Kernel kernel,
        Machine machine,
        Hypervisors hypervisors,
        Fact<FirmwareImage> image) {
    /// A snapshot without any fact.
    ///
    /// @param source where facts were looked for
    /// @param reason why there is none
    public static Snapshot unknown(String measuredBy, String source, String reason) {
        return new Snapshot(
                measuredBy,
                PciFunctions.unknown(source, reason),
                Graphics.unknown(source, reason),
                Iommu.unknown(source, reason),
                BootFirmware.unknown(source, reason),
                Vfio.unknown(source, reason),
                Kernel.unknown(source, reason),
                Machine.unknown(source, reason),
                Hypervisors.unknown(source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// These facts, and the other ones where these are unknown.
    public Snapshot or(Snapshot other) {
        return new Snapshot(
                measuredBy,
                pci.or(other.pci),
                graphics.or(other.graphics),
                iommu.or(other.iommu),
                firmware.or(other.firmware),
                vfio.or(other.vfio),
                kernel.or(other.kernel),
                machine.or(other.machine),
                hypervisors.or(other.hypervisors),
                image.or(other.image));
    }

    /// A copy with other functions and another display.
    public Snapshot with(PciFunctions functions, Graphics display) {
        return new Snapshot(
                measuredBy,
                functions,
                display,
                iommu,
                firmware,
                vfio,
                kernel,
                machine,
                hypervisors,
                image);
    }

    /// A copy with the QEMU that will run a guest, wherever it is installed.
    public Snapshot withQemu(String version, String source) {
        return new Snapshot(
                measuredBy,
                pci,
                graphics,
                iommu,
                firmware,
                vfio,
                kernel,
                machine,
                hypervisors.withQemu(version, source),
                image);
    }

    /// The IOMMU group of a function. Where a listing names only the numbers of groups, the members
    /// are the functions with the same number.
    public Optional<IommuGroup> groupOf(PciFunction function) {
        for (IommuGroup group : iommu.groups().value().orElse(List.of())) {
            if (group.functions().contains(function.address())) {
                return Optional.of(group);
            }
        }
        return numberOf(function)
                .map(number ->
                        new IommuGroup(
                                number,
                                pci.all().stream()
                                        .filter(each -> numberOf(each).equals(Optional.of(number)))
                                        .map(PciFunction::address)
                                        .toList(),
                                new Fact.Unknown<>("the listing", "not in it")));
    }

    private static Optional<Integer> numberOf(PciFunction function) {
        return function.use().iommuGroup().value().flatMap(known -> known);
    }

    public PciFunction igd() {
        return pci.igd();
    }

    public PciFunction hostBridge() {
        return pci.hostBridge();
    }

    public PciFunction lpc() {
        return pci.lpc();
    }

    public Fact<Image> opRegion() {
        return graphics.opRegion();
    }

    public Fact<Image> vbt() {
        return graphics.vbt();
    }

    public Fact<MemoryRange> stolenMemory() {
        return graphics.stolenMemory();
    }
}
