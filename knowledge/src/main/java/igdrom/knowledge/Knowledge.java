package igdrom.knowledge;

import igdrom.bytes.Guid;
import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The tables. Each is read when it is first asked for.
public final class Knowledge {
    private static final String[] PLATFORM_COLUMNS = {
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
        "note",
        "source",
        "checked"
    };

    private Knowledge() {}

    /// All platforms, oldest first.
    public static List<Platform> platforms() {
        return Platforms.LIST;
    }

    public static Optional<Platform> platform(String name) {
        return Optional.ofNullable(Platforms.BY_NAME.get(name));
    }

    /// Which platform's graphics a device is; empty for what is not Intel's or not known.
    public static Optional<Platform> platformOf(PciId id) {
        int row = Devices.find(id);
        return row < 0 ? Optional.empty() : Optional.of(Devices.platform(row));
    }

    public static Optional<Device> device(PciId id) {
        int row = Devices.find(id);
        return row < 0 ? Optional.empty() : Optional.of(Devices.device(row));
    }

    /// All devices, in the order of their ids.
    public static List<Device> devices() {
        List<Device> devices = new ArrayList<>();
        for (int row = 0; row < Devices.TABLE.size(); row++) {
            devices.add(Devices.device(row));
        }
        return devices;
    }

    /// The GOP with this hash, if it was seen in public.
    ///
    /// @param sha256 over headers and sections, in lower-case hexadecimal
    public static Optional<KnownGop> gopBySha256(String sha256) {
        return Optional.ofNullable(Gops.BY_SHA256.get(sha256));
    }

    public static List<KnownGop> gops() {
        return Gops.LIST;
    }

    /// What files with this GUID are usually called.
    public static Optional<FileName> fileName(Guid guid) {
        return Optional.ofNullable(FileNames.BY_GUID.get(guid));
    }

    private static <T> List<T> rows(Tsv table, Function<Tsv.Row, T> reader) {
        List<T> rows = new ArrayList<>(table.size());
        for (int row = 0; row < table.size(); row++) {
            rows.add(reader.apply(table.row(row)));
        }
        return List.copyOf(rows);
    }

    private static <K, T> Map<K, T> by(List<T> rows, Function<T, K> key) {
        Map<K, T> map = HashMap.newHashMap(rows.size());
        for (T row : rows) {
            if (map.put(key.apply(row), row) != null) {
                throw new IllegalStateException("twice: " + key.apply(row));
            }
        }
        return map;
    }

    private static final class Platforms {
        static final List<Platform> LIST =
                rows(Tsv.load("generations.tsv", PLATFORM_COLUMNS), Platform::of);
        static final Map<String, Platform> BY_NAME = by(LIST, Platform::name);
    }

    /// Rows stay text until they are asked for; only the ids are read.
    private static final class Devices {
        static final Tsv TABLE =
                Tsv.load(
                                "devices.tsv",
                                "id",
                                "platform",
                                "variant",
                                "name",
                                "note",
                                "source",
                                "checked")
                        .sorted();
        static final int[] IDS = ids();

        private static int[] ids() {
            int[] ids = new int[TABLE.size()];
            for (int row = 0; row < ids.length; row++) {
                ids[row] = TABLE.row(row).hex(0);
            }
            return ids;
        }

        static int find(PciId id) {
            return id.vendor() == PciId.INTEL ? Arrays.binarySearch(IDS, id.device()) : -1;
        }

        static Platform platform(int row) {
            Tsv.Row cells = TABLE.row(row);
            Platform platform = Platforms.BY_NAME.get(cells.text(1));
            if (platform == null) {
                throw cells.broken("there is no platform " + cells.text(1));
            }
            return platform;
        }

        static Device device(int row) {
            Tsv.Row cells = TABLE.row(row);
            return new Device(
                    PciId.intel(cells.hex(0)),
                    platform(row),
                    cells.textOrNull(2),
                    cells.textOrNull(3),
                    cells.textOrNull(4),
                    cells.text(5),
                    cells.text(6));
        }
    }

    private static final class Gops {
        static final List<KnownGop> LIST =
                rows(
                        Tsv.load(
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
                                .sorted(),
                        KnownGop::of);
        static final Map<String, KnownGop> BY_SHA256 = by(LIST, KnownGop::sha256);
    }

    private static final class FileNames {
        static final Map<Guid, FileName> BY_GUID =
                by(
                        rows(
                                Tsv.load(
                                                "gop-file-guids.tsv",
                                                "guid",
                                                "name",
                                                "kind",
                                                "source",
                                                "checked")
                                        .sorted(),
                                FileName::of),
                        FileName::guid);
    }
}
