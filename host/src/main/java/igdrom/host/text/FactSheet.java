package igdrom.host.text;

import igdrom.formats.acpi.Dmar;
import igdrom.formats.acpi.Mcfg;
import igdrom.host.AcpiTable;
import igdrom.host.BootFirmware;
import igdrom.host.BootLoader;
import igdrom.host.Fact;
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
import igdrom.host.ProcessorModel;
import igdrom.host.RemappingUnit;
import igdrom.host.Snapshot;
import igdrom.host.Vfio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What all texts together say. The first text that answers a question is believed.
final class FactSheet {
    /// Maximum number of PCI functions; the largest servers have some hundreds.
    static final int MAX_FUNCTIONS = 4096;

    private static final String NO_SOURCE = "the files";
    private static final String NO_REASON = "none of them shows it";

    private final Map<String, FunctionFacts> functions = new TreeMap<>();
    private @Nullable String listing;

    final Slot<MemoryRange> stolenMemory = new Slot<>();
    final Slot<List<FramebufferHolder>> holders = new Slot<>();
    final Slot<List<RemappingUnit>> units = new Slot<>();
    final Slot<List<IommuGroup>> groups = new Slot<>();
    final Slot<Optional<Dmar>> dmar = new Slot<>();
    final Slot<Boolean> uefi = new Slot<>();
    final Slot<Boolean> secureBoot = new Slot<>();
    final Slot<Boolean> bootLogo = new Slot<>();
    final Slot<String> lockdown = new Slot<>();
    final Slot<String> vendor = new Slot<>();
    final Slot<String> product = new Slot<>();
    final Slot<String> board = new Slot<>();
    final Slot<String> version = new Slot<>();
    final Slot<String> date = new Slot<>();
    final Slot<List<AcpiTable>> tables = new Slot<>();
    final Slot<List<Mcfg.Window>> configWindows = new Slot<>();
    final Slot<Boolean> vfioLoaded = new Slot<>();
    final Slot<Boolean> disableVga = new Slot<>();
    final Slot<List<String>> vfioConfigured = new Slot<>();
    final Slot<String> release = new Slot<>();
    final Slot<String> commandLine = new Slot<>();
    final Slot<List<String>> modules = new Slot<>();
    final Slot<List<String>> log = new Slot<>();
    final Slot<OperatingSystem> system = new Slot<>();
    final Slot<String> distribution = new Slot<>();
    final Slot<String> distributionName = new Slot<>();
    final Slot<BootLoader> bootLoader = new Slot<>();
    final Slot<String> processor = new Slot<>();
    final Slot<ProcessorModel> processorModel = new Slot<>();
    final Slot<Integer> addressWidth = new Slot<>();
    final Slot<Boolean> virtual = new Slot<>();

    /// The function at an address such as `0000:00:02.0`. Beyond [#MAX_FUNCTIONS] it is one that is
    /// not kept.
    FunctionFacts function(String address) {
        FunctionFacts known = functions.get(address);
        if (known != null) {
            return known;
        }
        FunctionFacts added = new FunctionFacts(address);
        if (functions.size() < MAX_FUNCTIONS) {
            functions.put(address, added);
        }
        return added;
    }

    /// The function at an address, if a text has it.
    Optional<FunctionFacts> listed(String address) {
        return Optional.ofNullable(functions.get(address));
    }

    /// Says that a text lists the machine's PCI functions. It is whole if the host bridge is in it,
    /// which every PC has.
    void listing(String source) {
        if (listing == null && functions.containsKey(PciFunctions.HOST_BRIDGE)) {
            listing = source;
        }
    }

    Snapshot toSnapshot(String measuredBy) {
        groupFunctions();
        return new Snapshot(
                measuredBy,
                pci(),
                new Graphics(
                        unknown(),
                        unknown(),
                        or(stolenMemory),
                        or(holders),
                        unknown(),
                        unknown(),
                        unknown()),
                new Iommu(or(units), or(groups), or(dmar)),
                new BootFirmware(
                        or(uefi),
                        unknown(),
                        or(secureBoot),
                        or(bootLogo),
                        unknown(),
                        unknown(),
                        or(lockdown),
                        or(vendor),
                        or(product),
                        or(board),
                        or(version),
                        or(date),
                        or(tables),
                        or(configWindows)),
                new Vfio(or(vfioLoaded), or(disableVga), or(vfioConfigured), unknown()),
                new Kernel(
                        or(release), or(commandLine), unknown(), or(modules), unknown(), or(log)),
                new Machine(
                        or(system),
                        or(distribution),
                        or(distributionName),
                        or(bootLoader),
                        or(processor),
                        or(processorModel),
                        or(addressWidth),
                        or(virtual),
                        unknown()),
                Hypervisors.unknown(NO_SOURCE, NO_REASON),
                unknown());
    }

    private static <T> Fact<T> or(Slot<T> slot) {
        return slot.or(NO_SOURCE, NO_REASON);
    }

    private static <T> Fact<T> unknown() {
        return new Fact.Unknown<>(NO_SOURCE, NO_REASON);
    }

    private PciFunctions pci() {
        List<PciFunction> others = new ArrayList<>();
        String igd = igdAddress();
        for (FunctionFacts function : functions.values()) {
            if (!List.of(igd, PciFunctions.HOST_BRIDGE, PciFunctions.LPC_BRIDGE)
                    .contains(function.address)) {
                others.add(function.toFunction(NO_SOURCE, NO_REASON));
            }
        }
        String source = listing;
        return new PciFunctions(
                igd(igd),
                named(PciFunctions.HOST_BRIDGE),
                named(PciFunctions.LPC_BRIDGE),
                source == null && others.isEmpty()
                        ? unknown()
                        : new Fact.Known<>(
                                List.copyOf(others),
                                source == null ? "a part of a listing" : source));
    }

    String igdAddress() {
        FunctionFacts usual = functions.get(PciFunctions.USUAL_IGD);
        if (usual != null && usual.isIgd()) {
            return PciFunctions.USUAL_IGD;
        }
        return functions.values().stream()
                .filter(FunctionFacts::isIgd)
                .map(function -> function.address)
                .findFirst()
                .orElse(PciFunctions.USUAL_IGD);
    }

    private PciFunction igd(String address) {
        FunctionFacts there = functions.get(address);
        if (there != null && !there.isIgd()) {
            return PciFunction.unknown(
                    address,
                    listing == null ? NO_SOURCE : listing,
                    there.described() + ", is there");
        }
        return named(address);
    }

    private PciFunction named(String address) {
        FunctionFacts function = functions.get(address);
        String source = listing;
        if (function != null) {
            return function.toFunction(NO_SOURCE, NO_REASON);
        }
        return source == null
                ? PciFunction.unknown(address, NO_SOURCE, NO_REASON)
                : PciFunction.unknown(address, source, "no device is there");
    }

    /// Where the IOMMU is off, no function has a group.
    private void withoutGroups() {
        if (groups.or(NO_SOURCE, NO_REASON)
                instanceof Fact.Known<List<IommuGroup>>(List<IommuGroup> none, String source)) {
            for (FunctionFacts function : functions.values()) {
                function.iommuGroup.known(Optional.empty(), source);
            }
        }
    }

    /// The groups, of what the texts say about each function.
    private void groupFunctions() {
        Map<Integer, List<String>> members = new TreeMap<>();
        String source = null;
        for (FunctionFacts function : functions.values()) {
            Fact<Optional<Integer>> fact = function.iommuGroup.or(NO_SOURCE, NO_REASON);
            if (fact instanceof Fact.Known<Optional<Integer>>(Optional<Integer> group, String from)
                    && group.isPresent()) {
                source = source == null ? from : source;
                members.computeIfAbsent(group.get(), _ -> new ArrayList<>()).add(function.address);
            }
        }
        if (source == null) {
            withoutGroups();
            return;
        }
        List<IommuGroup> all = new ArrayList<>();
        members.forEach(
                (number, addresses) -> all.add(new IommuGroup(number, addresses, unknown())));
        groups.known(List.copyOf(all), source);
    }
}
