package igdrom.plan.host;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.acpi.Dmar;
import igdrom.formats.pci.PciId;
import igdrom.host.BootFirmware;
import igdrom.host.BootLoader;
import igdrom.host.Connector;
import igdrom.host.DeviceRomImage;
import igdrom.host.DeviceUser;
import igdrom.host.Fact;
import igdrom.host.FirmwareImage;
import igdrom.host.FramebufferHolder;
import igdrom.host.Graphics;
import igdrom.host.Hypervisors;
import igdrom.host.Iommu;
import igdrom.host.IommuGroup;
import igdrom.host.Kernel;
import igdrom.host.Machine;
import igdrom.host.MemoryRange;
import igdrom.host.OperatingSystem;
import igdrom.host.PciFunction;
import igdrom.host.PciFunctions;
import igdrom.host.PciUse;
import igdrom.host.ProcessorModel;
import igdrom.host.RemappingUnit;
import igdrom.host.Snapshot;
import igdrom.host.TextConsole;
import igdrom.host.Vfio;
import igdrom.host.VirtualFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A host in good order, whose facts a test changes: a Coffee Lake desktop with Debian 13, prepared
/// for a guest.
final class MadeHost {
    static final String SOURCE = "made";

    Fact<PciId> id = known(PciId.intel(0x3e98));
    Fact<Integer> classCode = known(0x030000);
    Fact<Optional<String>> driver = known(Optional.of("vfio-pci"));
    Fact<Optional<Integer>> group = known(Optional.of(0));
    Fact<Boolean> bootVga = known(true);
    Fact<List<String>> resetMethods = known(List.of("flr", "pm"));
    Fact<String> powerState = known("D0");
    Fact<VirtualFunctions> virtualFunctions = known(new VirtualFunctions(0, 0));

    /// GMS 2 and GGMS 3: 64 MiB, and 8 MiB of page table.
    int ggc = 0x02c0;

    long bdsm = 0x8c00_0001L;
    long asls = 0x8800_0018L;

    /// 64 for what anybody but root sees.
    int configSize = 256;

    Fact<PciId> bridgeId = known(PciId.intel(0x3e30));
    Fact<Integer> bridgeClass = known(0x060000);
    Fact<Image> bridgeConfig = unknown();
    Fact<PciId> lpcId = known(PciId.intel(0xa305));
    Fact<Integer> lpcClass = known(0x060100);
    List<PciFunction> others = new ArrayList<>();

    Fact<List<RemappingUnit>> units = known(List.of(unit("dmar0", 39), unit("dmar1", 39)));
    Fact<List<IommuGroup>> groups = known(List.of(alone(0)));
    Fact<Optional<Dmar>> dmar = known(Optional.of(dmar(0x8b80_0000L, 0x8fff_ffffL)));

    Fact<Boolean> uefi = known(true);
    Fact<Boolean> secureBoot = known(false);
    Fact<Boolean> bootLogo = known(true);
    Fact<List<String>> consoles = unknown();

    Fact<Image> opRegion = unknown();
    Fact<MemoryRange> stolenMemory = known(new MemoryRange(0x8c00_0000L, 0x400_0000L));
    Fact<List<FramebufferHolder>> holders = known(List.of());
    Fact<List<Connector>> connectors = known(List.of(new Connector("HDMI-A-1", true, unknown())));

    Fact<List<DeviceUser>> users = known(List.of());

    Fact<Boolean> vfioLoaded = known(true);
    Fact<Boolean> disableVga = known(false);
    Fact<List<String>> configured = known(List.of());

    Fact<String> release = known("6.12.117+deb13-amd64");
    Fact<String> commandLine = known("root=UUID=x ro quiet intel_iommu=on");
    Fact<Map<String, String>> options =
            known(Map.of("CONFIG_VFIO_PCI", "m", "CONFIG_VFIO_PCI_IGD", "y"));
    Fact<List<TextConsole>> textConsoles = unknown();
    Fact<List<String>> log = known(List.of());

    Fact<OperatingSystem> system = known(OperatingSystem.LINUX);
    Fact<String> distribution = known("debian");
    Fact<String> distributionName = known("Debian GNU/Linux 13 (trixie)");
    Fact<BootLoader> bootLoader = known(BootLoader.GRUB);
    Fact<Integer> addressWidth = known(39);
    Fact<Boolean> virtual = known(false);
    Fact<Boolean> container = known(false);

    Fact<Optional<String>> qemu = known(Optional.of("10.0.13"));
    Fact<List<String>> qemuIgd = unknown();
    Fact<Optional<String>> proxmox = known(Optional.empty());

    Fact<FirmwareImage> image = unknown();

    static <T> Fact<T> known(T value) {
        return new Fact.Known<>(value, SOURCE);
    }

    static <T> Fact<T> unknown() {
        return new Fact.Unknown<>(SOURCE, "not set");
    }

    static <T> Fact<T> denied(String path) {
        return new Fact.Unknown<>(path, "permission denied");
    }

    static RemappingUnit unit(String name, int width) {
        return new RemappingUnit(name, 0xfed9_0000L, (long) (width - 1) << 16, 0, unknown());
    }

    static IommuGroup alone(int number) {
        return new IommuGroup(number, List.of(PciFunctions.USUAL_IGD), unknown());
    }

    static Dmar dmar(long rmrr, long last) {
        List<String> igd = List.of(PciFunctions.USUAL_IGD);
        return new Dmar(
                39,
                List.of(new Dmar.Unit(0xfed9_0000L, false, igd)),
                last == 0 ? List.of() : List.of(new Dmar.ReservedMemory(rmrr, last, igd)),
                List.of(0, 1));
    }

    static PciFunction function(String address, int vendor, int device, int classCode) {
        return function(address, new PciId(vendor, device), classCode, unknown(), unknown());
    }

    static PciFunction function(
            String address,
            PciId id,
            int classCode,
            Fact<Boolean> bootVga,
            Fact<Optional<Integer>> group) {
        PciUse none = PciUse.unknown(SOURCE, "not set");
        return new PciFunction(
                address,
                known(id),
                unknown(),
                known(classCode),
                unknown(),
                unknown(),
                new PciUse(
                        none.driver(),
                        none.driverOverride(),
                        group,
                        none.bars(),
                        bootVga,
                        none.resetMethods(),
                        none.powerState(),
                        none.d3coldAllowed(),
                        none.physicalFunction(),
                        none.virtualFunctions()));
    }

    private Image config() {
        Emitter out =
                new Emitter().fillTo(0x50, 0).u16(ggc).fillTo(0x5c, 0).u32(bdsm & 0xffff_ffffL);
        out.fillTo(0xc0, 0).u64(bdsm).fillTo(0xfc, 0).u32(asls);
        return out.toImage().slice(0, configSize);
    }

    Snapshot snapshot() {
        Snapshot none = Snapshot.unknown("a test", SOURCE, "not set");
        PciUse use = none.igd().use();
        PciFunction igd =
                new PciFunction(
                        PciFunctions.USUAL_IGD,
                        id,
                        unknown(),
                        classCode,
                        unknown(),
                        id.value().isPresent() ? known(config()) : unknown(),
                        new PciUse(
                                driver,
                                use.driverOverride(),
                                group,
                                use.bars(),
                                bootVga,
                                resetMethods,
                                powerState,
                                use.d3coldAllowed(),
                                use.physicalFunction(),
                                virtualFunctions));
        PciFunction bridge =
                new PciFunction(
                        PciFunctions.HOST_BRIDGE,
                        bridgeId,
                        unknown(),
                        bridgeClass,
                        unknown(),
                        bridgeConfig,
                        use);
        PciFunction lpc =
                new PciFunction(
                        PciFunctions.LPC_BRIDGE,
                        lpcId,
                        unknown(),
                        lpcClass,
                        unknown(),
                        unknown(),
                        use);
        Fact<List<DeviceRomImage>> rom = unknown();
        Fact<ProcessorModel> model = unknown();
        return new Snapshot(
                "a test",
                new PciFunctions(igd, bridge, lpc, known(List.copyOf(others))),
                new Graphics(opRegion, unknown(), stolenMemory, holders, connectors, users, rom),
                new Iommu(units, groups, dmar),
                new BootFirmware(
                        uefi,
                        unknown(),
                        secureBoot,
                        bootLogo,
                        consoles,
                        unknown(),
                        unknown(),
                        unknown(),
                        unknown(),
                        unknown(),
                        unknown(),
                        unknown(),
                        unknown(),
                        unknown()),
                new Vfio(vfioLoaded, disableVga, configured, unknown()),
                new Kernel(release, commandLine, options, unknown(), textConsoles, log),
                new Machine(
                        system,
                        distribution,
                        distributionName,
                        bootLoader,
                        unknown(),
                        model,
                        addressWidth,
                        virtual,
                        container),
                new Hypervisors(qemu, qemuIgd, known(Optional.empty()), proxmox, unknown()),
                image);
    }

    Diagnosis diagnosis() {
        return Diagnosis.of(snapshot());
    }

    /// The result of one check.
    HostCheck check(CheckName name) {
        return diagnosis().checks().stream()
                .filter(check -> check.name() == name)
                .findFirst()
                .orElseThrow();
    }

    ModeVerdict mode(Mode mode) {
        return diagnosis().modes().stream()
                .filter(each -> each.mode() == mode)
                .findFirst()
                .orElseThrow();
    }
}
