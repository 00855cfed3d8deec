package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotCommandTest {
    @TempDir Path directory;

    @BeforeEach
    void write() throws IOException {
        String device = "sys/bus/pci/devices/0000:00:02.0/";
        file(device + "vendor", "0x8086\n");
        file(device + "device", "0x46d1\n");
        file(device + "class", "0x030000\n");
        file(device + "driver", "../../../bus/pci/drivers/i915");
        file(device + "iommu_group", "../../../kernel/iommu_groups/3");
        file("sys/kernel/iommu_groups/3/devices/0000:00:02.0", "");
        file("sys/class/iommu/dmar0/intel-iommu/address", "fed90000\n");
        file("sys/class/iommu/dmar0/intel-iommu/cap", "1c0000c40660462\n");
        file("sys/class/iommu/dmar0/intel-iommu/ecap", "19e2ff0505e\n");
        file("sys/class/dmi/id/sys_vendor", "A Maker\n");
        file("sys/class/dmi/id/product_name", "A Board\n");
        file("sys/class/dmi/id/bios_version", "1.2\n");
        file("sys/class/dmi/id/product_serial", "SERIAL123\n");
        file("sys/firmware/efi/fw_platform_size", "64\n");
        file(
                "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c",
                "\6\0\0\0\1");
        file("proc/cmdline", "root=UUID=3f1b7c52-8a4e-4d0b-9e67-5c2d1a0f8b93 intel_iommu=on\n");
        file("proc/iomem", "7c800000-807fffff : Graphics Stolen Memory\n");
        file("proc/sys/kernel/osrelease", "6.12.1\n");
        file("usr/bin/qemu-system-x86_64", "QEMU emulator version 10.1.2 (x)");
    }

    @Test
    void summary_says_in_words_what_is_known_and_what_is_missing() {
        Session session = snapshot("-o", directory.resolve("host.json").toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).isEmpty();
        assertThat(session.err())
                .startsWith(
                        directory.resolve("host.json")
                                + """
                                : 8086:46d1 at 0000:00:02.0
                                  machine: A Maker, A Board
                                  system: kernel 6.12.1
                                  firmware: version 1.2, started by UEFI, Secure Boot on
                                  graphics: driver i915, 64 MiB of stolen memory
                                  IOMMU: on, 1 unit, the graphics are in group 3, alone
                                  hypervisors: QEMU 10.1.2
                                  missing: registers: \
                                """)
                .contains("  missing: log of the kernel: /dmesg.txt: no such file\n")
                .doesNotContain("missing: IOMMU");
    }

    @Test
    void tree_of_the_files_that_were_read_gives_the_same_snapshot() throws IOException {
        Path tree = directory.resolve("tree");
        Session session = snapshot("--tree", tree.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(Session.of("snapshot", "--root", tree.toString()).out())
                .isEqualTo(session.out());
        assertThat(tree.resolve("proc/cmdline")).hasContent("root=<removed> intel_iommu=on");
        assertThat(tree.resolve("sys/class/dmi/id/product_serial")).doesNotExist();
        assertThat(snapshot("--tree", tree.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE, tree + " exists: name a directory that does not"));
    }

    @Test
    void rom_is_read_only_when_asked_for() throws IOException {
        String path = "/sys/bus/pci/devices/0000:00:02.0/rom";
        file(path.substring(1), "no ROM");
        assertThat(snapshot().out())
                .contains("\"unreadable\" : \"not asked for\",\n    \"source\" : \"" + path + "\"");
        assertThat(snapshot("--rom").out())
                .doesNotContain("not asked for")
                .contains("    \"source\" : \"" + path + "\"");
        assertThat(Files.readString(directory.resolve("root" + path))).isEqualTo("no ROM");
    }

    @Test
    void image_of_the_firmware_is_recorded_without_its_bytes() throws IOException {
        Path demo = directory.resolve("home-of-muriel");
        assertThat(Session.of("demo", "--no-test", "-o", demo.toString()).code())
                .isEqualTo(ExitCode.OK);
        Path image = demo.resolve("demo.bin");
        Session session = snapshot("--firmware", image.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.err())
                .contains("Secure Boot on, its image has 1 GOP, 1 VBT and 1 VGA BIOS\n");
        assertThat(session.out())
                .contains("\"gops\" : [", "\"source\" : \"demo.bin\"")
                .doesNotContain("muriel")
                .hasSizeLessThan((int) Files.size(image));
        Path file = Files.writeString(directory.resolve("host.json"), session.out());
        assertThat(Session.of("doctor", "--snapshot", file.toString()).out()).contains("GOP");
    }

    @Test
    void script_for_freebsd_is_printed_alone() {
        Session session = Session.of("snapshot", "--freebsd-script");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).startsWith("#!/bin/sh\n").endsWith("\n");
        assertThat(session.err()).isEmpty();
    }

    private Session snapshot(String... more) {
        String[] all = new String[more.length + 3];
        all[0] = "snapshot";
        all[1] = "--root";
        all[2] = directory.resolve("root").toString();
        System.arraycopy(more, 0, all, 3, more.length);
        return Session.of(all);
    }

    private void file(String path, String text) throws IOException {
        Path file = directory.resolve("root").resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
