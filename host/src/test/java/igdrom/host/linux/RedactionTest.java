package igdrom.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.host.Identifiers;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What identifies a machine or its owner is neither in a snapshot nor in a copy of its files.
class RedactionTest {
    private static final String HOST = "muriels-nuc";
    private static final String UUID = "3f1b7c52-8a4e-4d0b-9e67-5c2d1a0f8b93";
    private static final String MACHINE_ID = "5c9e0c1f4b7d4a2f8e6b3d1c0a9f7e55";
    private static final String MAC = "a4:bb:6d:12:34:56";
    private static final String SERIAL = "PF2XK7QW";
    private static final String EDID_SERIAL = "CN0R7K2XV3";
    private static final String LABEL = "muriels-disk";
    private static final String LUKS = "luks-vault";
    private static final String VOLUME = "muriel-vg/root";
    private static final String PRODUCT_KEY = "VK7JG-NPHTM-C97JM-9MPGT-3V66T";

    @TempDir Path root;

    @Test
    void no_identifier_is_in_snapshot_or_copy() throws IOException {
        HostTree tree = new HostTree(root).everything();
        tree.write("proc/sys/kernel/hostname", HOST + "\n").write("etc/hostname", HOST + "\n");
        tree.write("etc/machine-id", MACHINE_ID + "\n");
        for (String name : List.of("product_serial", "board_serial", "chassis_serial")) {
            tree.write("sys/class/dmi/id/" + name, SERIAL + "\n");
        }
        tree.write("sys/class/dmi/id/product_uuid", UUID + "\n");
        tree.write("sys/class/dmi/id/product_name", "NUC " + UUID + "\n");
        tree.write("sys/firmware/acpi/tables/MSDM", "MSDM" + PRODUCT_KEY);
        tree.write("sys/firmware/acpi/tables/SSDT1", "SSDT" + SERIAL);
        tree.bytes(
                "sys/firmware/acpi/tables/SSDT2",
                HostTree.table("SSDT", "LENOVO", "TP-N2M", "GFX0 " + SERIAL + " " + UUID));
        tree.write("sys/bus/pci/devices/0000:00:1f.6/net/eno1/address", MAC + "\n");
        tree.bytes(
                "sys/bus/pci/devices/0000:00:02.0/drm/card0/card0-HDMI-A-1/edid",
                HostTree.edid(EDID_SERIAL));
        tree.bytes(
                "sys/firmware/efi/efivars/ConOut-8be4df61-93ca-11d2-aa0d-00e098032b8c",
                HostTree.conOut(MAC));
        tree.write("sys/firmware/efi/efivars/OfflineUniqueId-eaec226f", UUID);
        tree.write(
                "proc/cmdline",
                "BOOT_IMAGE=/"
                        + MACHINE_ID
                        + "/linux root=UUID="
                        + UUID
                        + " resume=LABEL="
                        + LABEL
                        + " rd.luks.name="
                        + UUID
                        + "="
                        + LUKS
                        + " rd.lvm.lv="
                        + VOLUME
                        + " ip=192.0.2.7::192.0.2.1:255.255.255.0:"
                        + HOST
                        + ":eno1:off ifname=eno1:"
                        + MAC
                        + " systemd.hostname="
                        + HOST
                        + " note=\"the vault of "
                        + LABEL
                        + "\" cryptdevice=/dev/disk/by-label/"
                        + LABEL
                        + ":"
                        + LUKS
                        + " intel_iommu=on iommu=pt -- "
                        + SERIAL
                        + "\n");
        tree.write(
                "dmesg.txt",
                "[    0.000000] Linux version 6.8.12-1-pve (root@"
                        + HOST
                        + ") #1 SMP\n"
                        + "[    0.000000] Command line: root=UUID="
                        + UUID
                        + " intel_iommu=on\n"
                        + "[    1.000000] vfio_pci: add "
                        + MAC
                        + " serial="
                        + SERIAL
                        + "\n"
                        + "[    1.000000] e1000e 0000:00:1f.6 eth0: "
                        + MAC
                        + "\n"
                        + "[    1.000000] usb 1-1: SerialNumber: "
                        + SERIAL
                        + "\n");
        tree.write(
                "etc/modprobe.d/vfio.conf",
                "# of " + HOST + "\noptions vfio-pci ids=8086:3e92 # " + MAC + "\n");
        HostRoot files = HostRoot.of(root);
        Snapshot snapshot = new HostReader(files).read("a test");
        assertThat(snapshot.kernel().commandLine().value().orElseThrow())
                .isEqualTo(
                        "BOOT_IMAGE=/<removed>/linux root=<removed> resume=<removed>"
                                + " rd.luks.name=<removed> rd.lvm.lv=<removed> ip=<removed>"
                                + " ifname=<removed> systemd.hostname=<removed> note=<removed>"
                                + " cryptdevice=<removed> intel_iommu=on iommu=pt");
        assertThat(snapshot.kernel().log().value().orElseThrow())
                .containsExactly(
                        "Linux version 6.8.12-1-pve (root@<removed>) #1 SMP",
                        "Command line: root=<removed> intel_iommu=on",
                        "vfio_pci: add <removed> serial=<removed>");
        check("the snapshot", SnapshotJson.write(snapshot).toString());
        for (Map.Entry<String, Image> file : files.copy().files().entrySet()) {
            check(file.getKey(), file.getKey());
            check(file.getKey(), file.getValue().latin1());
            check(file.getKey(), HexFormat.of().formatHex(file.getValue().toByteArray()));
        }
        assertThat(files.copy().files())
                .doesNotContainKeys(
                        "/proc/sys/kernel/hostname",
                        "/etc/hostname",
                        "/sys/firmware/acpi/tables/MSDM",
                        "/sys/class/dmi/id/product_serial");
        assertThat(files.copy().files().get("/proc/cmdline")).isNotNull();
    }

    private static void check(String where, String text) {
        for (String identifier :
                List.of(
                        HOST,
                        UUID,
                        MACHINE_ID,
                        MAC,
                        SERIAL,
                        EDID_SERIAL,
                        LABEL,
                        LUKS,
                        VOLUME,
                        PRODUCT_KEY,
                        "192.0.2")) {
            assertThat(text).as(where).doesNotContainIgnoringCase(identifier);
            assertThat(text).as(where).doesNotContain(hex(identifier));
        }
        assertThat(text).as(where).doesNotContain(MAC.replace(":", ""), "78563412");
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void texts_lose_identifiers_and_keep_what_resembles_them() {
        assertThat(Identifiers.removed("0000:00:02.0 8086:46d1 BIOS ADLNV.0.A.104.231120"))
                .isEqualTo("0000:00:02.0 8086:46d1 BIOS ADLNV.0.A.104.231120");
        assertThat(Identifiers.removed("at " + UUID.toUpperCase(Locale.ROOT) + "."))
                .isEqualTo("at <removed>.");
        assertThat(Identifiers.removed("Serial Number: X12 y"))
                .isEqualTo("Serial Number: <removed> y");
        assertThat(Identifiers.commandLine("i915.enable_guc=3 vfio-pci.ids=8086:46d1,8086:51c8"))
                .isEqualTo("i915.enable_guc=3 vfio-pci.ids=8086:46d1,8086:51c8");
        assertThat(
                        Identifiers.commandLine(
                                "video=efifb:off,vesafb:off pcie_acs_override=downstream"))
                .isEqualTo("video=efifb:off,vesafb:off pcie_acs_override=downstream");
        assertThat(Identifiers.commandLine("a=\"b c\" d")).isEqualTo("a=<removed> d");
        assertThat(Identifiers.commandLine("")).isEmpty();
    }
}
