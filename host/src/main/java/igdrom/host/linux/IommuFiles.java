package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.acpi.Dmar;
import igdrom.host.Fact;
import igdrom.host.Iommu;
import igdrom.host.IommuGroup;
import igdrom.host.MemoryRange;
import igdrom.host.RemappingUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The IOMMU: its units in `/sys/class/iommu`, its groups in `/sys/kernel/iommu_groups`, the ACPI
/// table DMAR.
///
/// Source: Linux, Documentation/ABI/testing/sysfs-class-iommu-intel-iommu,
/// sysfs-kernel-iommu_groups; drivers/iommu/iommu.c, `iommu_group_show_resv_regions`.
record IommuFiles(HostRoot root) {
    private static final String UNITS = "/sys/class/iommu";
    private static final String GROUPS = "/sys/kernel/iommu_groups";
    private static final String DMAR = AcpiFiles.TABLES + "/DMAR";

    /// Larger than any DMAR: ten times the largest that was seen.
    private static final int MAX_DMAR = 64 << 10;

    Iommu iommu() {
        return new Iommu(units(), groups(), dmar());
    }

    /// Intel's units. The directory is missing in kernels without support for any IOMMU.
    private Fact<List<RemappingUnit>> units() {
        Fact<List<String>> names = root.names(UNITS);
        if (names.value().isEmpty() && !root.exists(UNITS) && root.exists("/sys/class")) {
            return new Fact.Known<>(List.of(), UNITS);
        }
        List<RemappingUnit> units = new ArrayList<>();
        for (String name : names.value().orElse(List.of())) {
            String directory = UNITS + "/" + name + "/intel-iommu";
            if (!root.exists(directory)) {
                continue;
            }
            Fact<Long> base = Numbers.register(root.text(directory + "/address"));
            Fact<Long> cap = Numbers.register(root.text(directory + "/cap"));
            Fact<Long> ecap = Numbers.register(root.text(directory + "/ecap"));
            for (Fact<Long> register : List.of(cap, ecap, base)) {
                if (register instanceof Fact.Unknown<Long>(String source, String reason)) {
                    return new Fact.Unknown<>(source, reason);
                }
            }
            units.add(
                    new RemappingUnit(
                            name,
                            base.value().orElseThrow(),
                            cap.value().orElseThrow(),
                            ecap.value().orElseThrow(),
                            root.listing(UNITS + "/" + name + "/devices")));
        }
        return names.map(_ -> List.copyOf(units));
    }

    /// The directory is missing in kernels without support for any IOMMU.
    private Fact<List<IommuGroup>> groups() {
        Fact<List<String>> names = root.names(GROUPS);
        if (names.value().isEmpty() && !root.exists(GROUPS) && root.exists("/sys/kernel")) {
            return new Fact.Known<>(List.of(), GROUPS);
        }
        List<IommuGroup> groups = new ArrayList<>();
        for (String name : names.value().orElse(List.of())) {
            String directory = GROUPS + "/" + name;
            Fact<Integer> number = Numbers.decimal(new Fact.Known<>(name, directory));
            Fact<List<String>> functions = root.listing(directory + "/devices");
            if (number.value().isPresent() && functions.value().isPresent()) {
                groups.add(
                        new IommuGroup(
                                number.value().get(),
                                functions.value().get(),
                                parseReserved(root.text(directory + "/reserved_regions"))));
            }
        }
        groups.sort(Comparator.comparingInt(IommuGroup::number));
        return names.map(_ -> List.copyOf(groups));
    }

    /// Lines such as `0x000000008d000000 0x00000000917fffff direct-relaxable`. A group without
    /// reserved ranges has an empty file.
    static Fact<List<IommuGroup.Reserved>> parseReserved(Fact<String> text) {
        return switch (text) {
            case Fact.Unknown<String>(String source, String reason) ->
                    reason.equals(HostRoot.EMPTY)
                            ? new Fact.Known<>(List.of(), source)
                            : new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String known, String source) -> {
                List<IommuGroup.Reserved> reserved = new ArrayList<>();
                for (String line : known.split("\n", -1)) {
                    Optional<IommuGroup.Reserved> range = reserved(line);
                    if (range.isEmpty()) {
                        yield new Fact.Unknown<>(source, "not a range: " + Numbers.excerpt(line));
                    }
                    reserved.add(range.get());
                }
                yield new Fact.Known<>(List.copyOf(reserved), source);
            }
        };
    }

    private static Optional<IommuGroup.Reserved> reserved(String line) {
        String[] fields = line.strip().split(" ", -1);
        try {
            if (fields.length == 3 && fields[0].startsWith("0x") && fields[1].startsWith("0x")) {
                long first = HexFormat.fromHexDigitsToLong(fields[0], 2, fields[0].length());
                long last = HexFormat.fromHexDigitsToLong(fields[1], 2, fields[1].length());
                return Optional.of(
                        new IommuGroup.Reserved(
                                new MemoryRange(first, Math.addExact(last - first, 1)), fields[2]));
            }
        } catch (IllegalArgumentException | ArithmeticException _) {
            // Reported by the caller.
        }
        return Optional.empty();
    }

    /// Only root may read the table, but everybody sees whether there is one.
    private Fact<Optional<Dmar>> dmar() {
        List<String> tables = root.namesIn(AcpiFiles.TABLES);
        if (!tables.isEmpty() && !tables.contains("DMAR")) {
            return new Fact.Known<>(Optional.empty(), DMAR);
        }
        return switch (root.bytes(DMAR, MAX_DMAR)) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<Image>(Image image, String source) -> {
                try {
                    yield new Fact.Known<>(
                            Optional.of(Dmar.read(image, Location.root(source))), source);
                } catch (MalformedImageException e) {
                    yield new Fact.Unknown<>(source, e.problem());
                }
            }
        };
    }
}
