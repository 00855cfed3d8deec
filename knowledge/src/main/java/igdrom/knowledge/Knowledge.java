package igdrom.knowledge;

import igdrom.bytes.Guid;
import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// The tables. Each is loaded, and checked, when it is first needed.
public final class Knowledge {
    private Knowledge() {}

    /// All platforms, oldest first.
    public static List<Platform> platforms() {
        return List.copyOf(Platforms.BY_NAME.values());
    }

    /// The platform with this short name, such as `ADL-N`.
    public static Optional<Platform> platform(String name) {
        return Optional.ofNullable(Platforms.BY_NAME.get(name));
    }

    /// The platform that a graphics device belongs to; empty for devices of other vendors and for
    /// unknown ones.
    public static Optional<Platform> platformOf(PciId id) {
        return device(id).map(Device::platform);
    }

    /// Whether a device is a known Intel integrated GPU.
    public static boolean knows(PciId id) {
        return Devices.BY_ID.containsKey(id);
    }

    /// The device with this id, if it is known.
    public static Optional<Device> device(PciId id) {
        return Optional.ofNullable(Devices.BY_ID.get(id));
    }

    /// All devices, in the order of their ids.
    public static List<Device> devices() {
        return List.copyOf(Devices.BY_ID.values());
    }

    /// All processors that were seen, in the order of their names.
    public static List<Processor> processors() {
        return List.copyOf(Processors.BY_NAME.values());
    }

    /// The processors that a user may mean; the model number is enough.
    ///
    /// @param name such as `N100`, `i5 8500` or `Intel Core i5-8500`
    public static List<Processor> processors(String name) {
        return processors().stream().filter(each -> each.isMeantBy(name)).toList();
    }

    /// The GOP with this hash, if it was seen in public.
    ///
    /// @param sha256 over headers and sections, in lower-case hexadecimal
    public static Optional<KnownGop> gopBySha256(String sha256) {
        return Optional.ofNullable(Gops.BY_SHA256.get(sha256));
    }

    /// All GOPs that were seen in public, in the order of their hashes.
    public static List<KnownGop> gops() {
        return List.copyOf(Gops.BY_SHA256.values());
    }

    /// The usual name of firmware files with this GUID.
    public static Optional<FileName> fileName(Guid guid) {
        return Optional.ofNullable(FileNames.BY_GUID.get(guid));
    }

    /// All kinds of PCH, in the order of their ids.
    public static List<Pch> pchs() {
        return Pchs.ALL;
    }

    /// The kind of PCH that an LPC bridge belongs to, if it is known.
    public static Optional<Pch> pchOf(PciId bridge) {
        return pchs().stream().filter(pch -> pch.contains(bridge)).findFirst();
    }

    /// All families of VBTs, oldest first.
    public static List<VbtFamily> vbtFamilies() {
        return VbtFamilies.ALL;
    }

    /// The family of a VBT, if it is known.
    ///
    /// @param platform the platform name in the VBT's header
    public static Optional<VbtFamily> vbtFamily(String platform) {
        return vbtFamilies().stream()
                .filter(family -> platform.startsWith(family.name()))
                .findFirst();
    }

    /// The limit of low memory on a machine.
    ///
    /// @param machine `pc`, `q35` or `bhyve`
    /// @throws IllegalArgumentException for any other machine
    public static LowMemory lowMemory(String machine) {
        LowMemory row = LowMemories.BY_MACHINE.get(machine);
        if (row == null) {
            throw new IllegalArgumentException("low-memory.tsv has no row for " + machine);
        }
        return row;
    }

    /// All rows of a table, by their keys.
    private static <K, V> SequencedMap<K, V> index(
            TsvTable table, Function<TsvTable.Row, V> read, Function<V, K> key) {
        SequencedMap<K, V> index = new LinkedHashMap<>();
        for (TsvTable.Row row : table.rows()) {
            V value = read.apply(row);
            if (index.put(key.apply(value), value) != null) {
                throw row.broken("this row is there twice");
            }
        }
        return index;
    }

    private static <V> List<V> list(TsvTable table, Function<TsvTable.Row, V> read) {
        List<V> list = new ArrayList<>();
        for (TsvTable.Row row : table.rows()) {
            list.add(read.apply(row));
        }
        return List.copyOf(list);
    }

    private static final class Platforms {
        static final SequencedMap<String, Platform> BY_NAME =
                index(
                        TsvTable.load(
                                "generations.tsv",
                                "platform",
                                "codename",
                                "graphics100",
                                "qemu_gen",
                                "ggc_offset",
                                "gms_shift",
                                "gms_bits",
                                "gms_encoding",
                                "ggms_shift",
                                "ggms_encoding",
                                "bdsm_offset",
                                "bdsm_bits",
                                "bdsm_mirror",
                                "bar0_mib",
                                "pte_bits",
                                "ggtt_max_mib",
                                "stolen_in_guest",
                                "base_compared",
                                "note",
                                "source",
                                "checked"),
                        Platform::of,
                        Platform::name);
    }

    private static final class Pchs {
        static final List<Pch> ALL =
                list(
                        TsvTable.load(
                                        "pch.tsv",
                                        "first",
                                        "last",
                                        "name",
                                        "gop_majors",
                                        "source",
                                        "checked")
                                .requireAscending(),
                        Pch::of);
    }

    private static final class Devices {
        static final SequencedMap<PciId, Device> BY_ID =
                index(
                        TsvTable.load(
                                        "devices.tsv",
                                        "id",
                                        "platform",
                                        "variant",
                                        "name",
                                        "note",
                                        "source",
                                        "checked")
                                .requireAscending(),
                        Devices::read,
                        Device::id);

        private static Device read(TsvTable.Row row) {
            Platform platform = Platforms.BY_NAME.get(row.text(1));
            if (platform == null) {
                throw row.broken("generations.tsv has no platform " + row.text(1));
            }
            return Device.of(row, platform);
        }
    }

    private static final class Processors {
        static final SequencedMap<String, Processor> BY_NAME =
                index(
                        TsvTable.load(
                                        "processors.tsv",
                                        "name",
                                        "ids",
                                        "machines",
                                        "source",
                                        "checked")
                                .requireAscending(),
                        Processor::of,
                        Processor::name);
    }

    private static final class Gops {
        static final SequencedMap<String, KnownGop> BY_SHA256 =
                index(
                        TsvTable.load(
                                        "gops.tsv",
                                        "sha256",
                                        "size",
                                        "arch",
                                        "major",
                                        "minor",
                                        "build",
                                        "ids",
                                        "platforms",
                                        "file_guid",
                                        "ui_name",
                                        "note",
                                        "source",
                                        "checked")
                                .requireAscending(),
                        KnownGop::of,
                        KnownGop::sha256);
    }

    private static final class FileNames {
        static final Map<Guid, FileName> BY_GUID =
                index(
                        TsvTable.load(
                                        "gop-file-guids.tsv",
                                        "guid",
                                        "name",
                                        "kind",
                                        "source",
                                        "checked")
                                .requireAscending(),
                        FileName::of,
                        FileName::guid);
    }

    private static final class VbtFamilies {
        static final List<VbtFamily> ALL =
                List.copyOf(
                        index(
                                        TsvTable.load(
                                                "vbt-families.tsv",
                                                "name",
                                                "oldest",
                                                "newest",
                                                "source",
                                                "checked"),
                                        VbtFamily::of,
                                        VbtFamily::name)
                                .values());
    }

    private static final class LowMemories {
        static final Map<String, LowMemory> BY_MACHINE =
                index(
                        TsvTable.load(
                                "low-memory.tsv",
                                "machine",
                                "limit_mib",
                                "from_mib",
                                "source",
                                "checked"),
                        LowMemory::of,
                        LowMemory::machine);
    }
}
