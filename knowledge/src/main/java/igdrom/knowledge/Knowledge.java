package igdrom.knowledge;

import igdrom.bytes.Guid;
import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tables. Each is read when it is first asked for, and of each no more than the row asked for.
public final class Knowledge {
    private Knowledge() {}

    /// Reads the tables that every question about a device asks, which takes a while the first
    /// time.
    public static void prepare() {
        boolean _ = knows(PciId.intel(0));
        Optional<Platform> _ = platform("none");
    }

    /// All platforms, oldest first.
    public static List<Platform> platforms() {
        List<Platform> platforms = new ArrayList<>();
        for (Tsv.Row row : Platforms.TABLE.rows()) {
            platforms.add(Platform.of(row));
        }
        return platforms;
    }

    /// The platform with that short name, `ADL-N`.
    public static Optional<Platform> platform(String name) {
        Tsv.Row row = Platforms.TABLE.find(name);
        return row == null ? Optional.empty() : Optional.of(Platform.of(row));
    }

    /// Which platform's graphics a device is; empty for what is not Intel's or not known.
    public static Optional<Platform> platformOf(PciId id) {
        Tsv.Row row = deviceRow(id);
        return row == null ? Optional.empty() : Optional.of(platformOf(row));
    }

    /// Whether a device is one of Intel's integrated GPUs.
    public static boolean knows(PciId id) {
        return deviceRow(id) != null;
    }

    public static Optional<Device> device(PciId id) {
        Tsv.Row row = deviceRow(id);
        return row == null ? Optional.empty() : Optional.of(Device.of(row, platformOf(row)));
    }

    /// All devices, in the order of their ids.
    public static List<Device> devices() {
        List<Device> devices = new ArrayList<>();
        for (Tsv.Row row : Devices.TABLE.rows()) {
            devices.add(Device.of(row, platformOf(row)));
        }
        return devices;
    }

    /// The GOP with this hash, if it was seen in public.
    ///
    /// @param sha256 over headers and sections, in lower-case hexadecimal
    public static Optional<KnownGop> gopBySha256(String sha256) {
        Tsv.Row row = Gops.TABLE.findSorted(sha256);
        return row == null ? Optional.empty() : Optional.of(KnownGop.of(row));
    }

    /// All GOPs that were seen in public, in the order of their hashes.
    public static List<KnownGop> gops() {
        List<KnownGop> gops = new ArrayList<>();
        for (Tsv.Row row : Gops.TABLE.rows()) {
            gops.add(KnownGop.of(row));
        }
        return gops;
    }

    /// What files with this GUID are usually called.
    public static Optional<FileName> fileName(Guid guid) {
        Tsv.Row row = FileNames.TABLE.findSorted(guid.toString());
        return row == null ? Optional.empty() : Optional.of(FileName.of(row));
    }

    /// Every kind of PCH, in the order of its ids.
    public static List<Pch> pchs() {
        List<Pch> pchs = new ArrayList<>();
        for (Tsv.Row row : Pchs.TABLE.rows()) {
            pchs.add(Pch.of(row));
        }
        return pchs;
    }

    /// What kind of PCH the LPC bridge belongs to, if that is known.
    public static Optional<Pch> pchOf(PciId bridge) {
        return pchs().stream().filter(pch -> pch.contains(bridge)).findFirst();
    }

    /// Takes apart every row of every table.
    static void check() {
        for (Tsv.Row row : Platforms.TABLE.rows()) {
            Platform.of(row);
        }
        Devices.TABLE.checked();
        Gops.TABLE.checked();
        for (Tsv.Row row : FileNames.TABLE.checked().rows()) {
            FileName.of(row);
        }
        Pchs.TABLE.checked();
        devices();
        gops();
        pchs();
    }

    private static Tsv.@Nullable Row deviceRow(PciId id) {
        return id.vendor() == PciId.INTEL
                ? Devices.TABLE.findSorted(HexFormat.of().toHexDigits((short) id.device()))
                : null;
    }

    private static Platform platformOf(Tsv.Row device) {
        Tsv.Row row = Platforms.TABLE.find(device.text(1));
        if (row == null) {
            throw device.broken("there is no platform " + device.text(1));
        }
        return Platform.of(row);
    }

    private static final class Platforms {
        static final Tsv TABLE =
                Tsv.load(
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
                        "note",
                        "source",
                        "checked");
    }

    private static final class Pchs {
        static final Tsv TABLE =
                Tsv.load("pch.tsv", "first", "last", "name", "gop_majors", "source", "checked");
    }

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
                        "checked");
    }

    private static final class Gops {
        static final Tsv TABLE =
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
                        "checked");
    }

    private static final class FileNames {
        static final Tsv TABLE =
                Tsv.load("gop-file-guids.tsv", "guid", "name", "kind", "source", "checked");
    }
}
