package igdrom.knowledge;

import igdrom.bytes.Guid;
import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /// Whether GOPs list an id that no device has.
    public static boolean isPlaceholder(PciId id) {
        return PlaceholderIds.ALL.contains(id);
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

    /// The usual LPC bridges, the specific rows of a platform before its general one.
    public static List<UsualBridge> usualBridges() {
        return Bridges.ALL;
    }

    /// The LPC bridge that boards with this graphics device usually have, if that is known.
    public static Optional<UsualBridge> usualBridge(PciId device) {
        return device(device)
                .flatMap(known ->
                        usualBridges().stream().filter(bridge -> bridge.fits(known)).findFirst());
    }

    /// The control registers of the display buffer of a platform, in the order of their offsets.
    public static List<DisplayBuffer> displayBuffers(Platform platform) {
        return DisplayBuffers.ALL.stream().filter(buffer -> buffer.isOf(platform)).toList();
    }

    /// All families of VBTs, oldest first.
    public static List<VbtFamily> vbtFamilies() {
        return VbtFamilies.ALL;
    }

    /// The family of a VBT, if it is known: the one with the longest name.
    ///
    /// @param platform the platform name in the VBT's header
    public static Optional<VbtFamily> vbtFamily(String platform) {
        return vbtFamilies().stream()
                .filter(family -> platform.startsWith(family.name()))
                .max(Comparator.comparingInt(family -> family.name().length()));
    }

    /// What GOPs did with VBTs that have no usable outputs.
    public static List<VbtTrial> vbtTrials() {
        return VbtTrials.ALL;
    }

    /// What a GOP did with a VBT that has no usable outputs, if that was seen.
    ///
    /// @param gop version of the GOP
    /// @param defect what the VBT lacks: an id of `VbtDefect.Kind`
    public static Optional<VbtTrial> vbtTrial(String gop, String defect) {
        return vbtTrials().stream()
                .filter(trial -> trial.gop().equals(gop) && trial.defect().equals(defect))
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

    /// A change of Linux.
    ///
    /// @throws IllegalArgumentException when there is no such row
    public static Change change(String id) {
        Change row = Changes.BY_ID.get(id);
        if (row == null) {
            throw new IllegalArgumentException("changes.tsv has no row for " + id);
        }
        return row;
    }

    /// What is reported of a platform's graphics in guests.
    public static Passthrough passthrough(Platform platform) {
        Passthrough row = Passthroughs.BY_PLATFORM.get(platform);
        if (row == null) {
            throw new IllegalStateException("passthrough.tsv has no row for " + platform);
        }
        return row;
    }

    /// The codename of Intel graphics that are too old for igdrom: before Sandy Bridge.
    public static Optional<String> olderGraphics(PciId id) {
        return Optional.ofNullable(OlderGraphics.BY_ID.get(id));
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

    private static Platform platformIn(TsvTable.Row row, int column) {
        Platform platform = Platforms.BY_NAME.get(row.text(column));
        if (platform == null) {
            throw row.broken("generations.tsv has no platform " + row.text(column));
        }
        return platform;
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
                                "gop_low_bar2",
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

    private static final class DisplayBuffers {
        static final List<DisplayBuffer> ALL =
                list(
                        TsvTable.load(
                                        "display-buffers.tsv",
                                        "offset",
                                        "name",
                                        "first",
                                        "last",
                                        "source",
                                        "checked")
                                .requireAscending(),
                        DisplayBuffer::of);
    }

    private static final class Bridges {
        static final List<UsualBridge> ALL =
                list(
                        TsvTable.load(
                                "bridges.tsv",
                                "platform",
                                "variant",
                                "id",
                                "name",
                                "other",
                                "source",
                                "checked"),
                        row -> UsualBridge.of(row, platformIn(row, 0)));
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
            return Device.of(row, platformIn(row, 1));
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
        static final List<VbtFamily> ALL = read();

        /// The families in the order of their first rows.
        private static List<VbtFamily> read() {
            TsvTable table =
                    TsvTable.load(
                            "vbt-families.tsv",
                            "name",
                            "platform",
                            "class",
                            "boards",
                            "source",
                            "checked");
            SequencedMap<String, List<VbtFamily.Row>> rows = new LinkedHashMap<>();
            for (TsvTable.Row row : table.rows()) {
                VbtFamily.Row read = row(row);
                List<VbtFamily.Row> same =
                        rows.computeIfAbsent(read.name(), _ -> new ArrayList<>());
                if (same.stream()
                        .anyMatch(other -> Objects.equals(other.platform(), read.platform()))) {
                    throw row.broken("this row is there twice");
                }
                same.add(read);
            }
            List<VbtFamily> families = new ArrayList<>();
            rows.forEach((name, same) -> families.add(new VbtFamily(name, same)));
            return List.copyOf(families);
        }

        private static VbtFamily.Row row(TsvTable.Row row) {
            String name = row.textOrNull(1);
            Platform platform = name == null ? null : Platforms.BY_NAME.get(name);
            if (name != null && platform == null) {
                throw row.broken("generations.tsv has no platform " + name);
            }
            return new VbtFamily.Row(
                    row.text(0),
                    platform,
                    boardClass(row),
                    row.textOrNull(3),
                    row.text(4),
                    row.text(5));
        }

        private static VbtFamily.BoardClass boardClass(TsvTable.Row row) {
            return switch (row.text(2)) {
                case "any" -> VbtFamily.BoardClass.ANY;
                case "desktop" -> VbtFamily.BoardClass.DESKTOP;
                case "mobile" -> VbtFamily.BoardClass.MOBILE;
                default -> throw row.broken("\"" + row.text(2) + "\" is not a class of boards");
            };
        }
    }

    private static final class PlaceholderIds {
        static final List<PciId> ALL =
                list(
                        TsvTable.load("placeholder-ids.tsv", "id", "note", "source", "checked")
                                .requireAscending(),
                        row -> PciId.intel(row.hex(0)));
    }

    private static final class VbtTrials {
        static final List<VbtTrial> ALL =
                list(
                        TsvTable.load(
                                "vbt-trials.tsv", "gop", "defect", "outcome", "source", "checked"),
                        VbtTrial::of);
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

    private static final class Changes {
        static final Map<String, Change> BY_ID =
                index(
                        TsvTable.load("changes.tsv", "id", "release", "what", "source", "checked")
                                .requireAscending(),
                        Change::of,
                        Change::id);
    }

    private static final class Passthroughs {
        static final Map<Platform, Passthrough> BY_PLATFORM =
                index(
                        TsvTable.load(
                                "passthrough.tsv",
                                "platform",
                                "before_os",
                                "after_os",
                                "vga_bios",
                                "sriov",
                                "note",
                                "source",
                                "checked"),
                        row -> Passthrough.of(row, platformIn(row, 0)),
                        Passthrough::platform);
    }

    private static final class OlderGraphics {
        static final Map<PciId, String> BY_ID = read();

        private static Map<PciId, String> read() {
            Map<PciId, String> all = new LinkedHashMap<>();
            for (TsvTable.Row row :
                    TsvTable.load("older-graphics.tsv", "id", "codename", "source", "checked")
                            .requireAscending()
                            .rows()) {
                all.put(PciId.intel(row.hex(0)), row.text(1));
            }
            return all;
        }
    }
}
