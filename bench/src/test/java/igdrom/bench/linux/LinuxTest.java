package igdrom.bench.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Verdict;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.PciAddress;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.knowledge.Knowledge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class LinuxTest {
    private static final long BASE = 0x17b0_0000;
    private static final long SIZE = 64 << 20;

    /// The report of Linux 6.12.107 on 8086:46a6.
    private static final String GOOD =
            """
            igdrom-part dmesg
            [    0.000000] Linux version 6.12.107+deb13-amd64 (somebody@somewhere) (gcc 14.2.0)
            [    0.000000] BIOS-e820: [mem 0x0000000000900000-0x0000000017afffff] usable
            [    0.000000] BIOS-e820: [mem 0x0000000017b00000-0x000000001bafffff] reserved
            [    0.011434] Reserving Intel graphics memory at [mem 0x17b00000-0x1bafffff]
            [   15.8] i915 0000:00:02.0: [drm:intel_opregion_setup [i915]] ACPI OpRegion version 2.1.0
            [   15.8] i915 0000:00:02.0: [drm:intel_opregion_setup [i915]] Found valid VBT in ACPI OpRegion (Mailbox #4)
            igdrom-part report
            0600000049474452504f525401002000200000000000000018000000000000
            0000000000
            igdrom-part end
            """;

    @TempDir Path directory = Path.of("");

    @Test
    void kernel_that_found_everything_passes() throws IOException {
        assertThat(checks(GOOD))
                .containsExactly(
                        new Check("linux.boot", true, "Linux version 6.12.107+deb13-amd64"),
                        new Check(
                                "linux.reserved",
                                true,
                                "firmware's memory map: 0x17b00000-0x1bafffff is reserved"),
                        new Check(
                                "linux.stolen",
                                true,
                                "Reserving Intel graphics memory at [mem 0x17b00000-0x1bafffff]"),
                        new Check("linux.opregion", true, "ACPI OpRegion version 2.1.0"),
                        new Check(
                                "linux.vbt", true, "Found valid VBT in ACPI OpRegion (Mailbox #4)"),
                        new Check("linux.report", true, "efivarfs has IgdromReport, 0 entries"));
    }

    @Test
    void kernel_that_did_not_boot_fails_without_further_checks() throws IOException {
        assertThat(checks("igdrom-part dmesg\nhello\n"))
                .containsExactly(new Check("linux.boot", false, "QEMU ended"));
    }

    @Test
    void memory_not_reserved_by_the_firmware_fails() throws IOException {
        String usable = GOOD.replace("1bafffff] reserved", "1bafffff] usable");
        fails(
                usable,
                "linux.reserved",
                "firmware's memory map: 0x17b00000-0x1bafffff is not reserved");
        String half =
                GOOD.replace("0000000017b00000-0x000000001baf", "0000000017b00000-0x000000001aaf");
        fails(
                half,
                "linux.reserved",
                "firmware's memory map: 0x17b00000-0x1bafffff is not reserved");
    }

    @Test
    void memory_reserved_elsewhere_by_the_kernel_fails() throws IOException {
        fails(
                GOOD.replace("at [mem 0x17b00000-0x1b", "at [mem 0x17c00000-0x1b"),
                "linux.stolen",
                "Reserving Intel graphics memory at [mem 0x17c00000-0x1bafffff]");
        fails(
                GOOD.replace("Reserving", "Forgetting"),
                "linux.stolen",
                "the kernel reserves no graphics memory");
        fails(
                GOOD.replace("at [mem 0x17b00000-0x1b", "at [mem 0xsomewhere-0x1b"),
                "linux.stolen",
                "Reserving Intel graphics memory at [mem 0xsomewhere-0x1bafffff]");
    }

    @Test
    void missing_opregion_and_missing_vbt_fail() throws IOException {
        fails(
                GOOD.replace("ACPI OpRegion version", "nothing"),
                "linux.opregion",
                "i915 found no OpRegion");
        fails(
                GOOD.replace("valid VBT", "nothing"),
                "linux.vbt",
                "i915 found no VBT in the OpRegion");
    }

    @Test
    void kernel_that_does_not_drive_the_device_proves_nothing_about_it() throws IOException {
        String other = GOOD.replace("i915 0000:00:02.0", "i915 0000:00:03.0");
        Verdict verdict =
                LinuxJudge.verdict(expectation(), LinuxReport.of(other), BASE, "QEMU ended");
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.checks())
                .extracting(Check::id)
                .doesNotContain("linux.opregion", "linux.vbt");
        assertThat(verdict.notProved())
                .contains(
                        "that i915 finds OpRegion and VBT: the i915 of this kernel does not drive"
                                + " 8086:46a6");
    }

    @Test
    void missing_or_malformed_report_fails() throws IOException {
        fails(
                GOOD.replace("06000000494744", "zz000000494744"),
                "linux.report",
                "efivarfs has no IgdromReport");
        fails(
                GOOD.replace("54010020002", "54020020002"),
                "linux.report",
                "efivars +0xc: Version is 0x0002, expected 0x0001");
    }

    @Test
    void interrupt_has_to_come_in_a_guest_of_a_whole_host() throws IOException {
        String counted =
                "igdrom-part interrupts\n 24:          2   PCI-MSI-0000:00:02.0   0-edge   i915\n";
        assertThat(interrupt(counted))
                .containsExactly(
                        new Check(
                                "linux.interrupt",
                                true,
                                "i915's interrupt and its count: 24: 2 PCI-MSI-0000:00:02.0 0-edge"
                                        + " i915"));
        assertThat(interrupt(counted.replace("  2  ", "  0  ")))
                .extracting(Check::ok)
                .containsExactly(false);
        assertThat(interrupt(""))
                .containsExactly(new Check("linux.interrupt", false, "i915 has no interrupt"));
    }

    private static List<Check> interrupt(String part) throws IOException {
        String report = GOOD.replace("igdrom-part end\n", part + "igdrom-part end\n");
        return LinuxJudge.verdict(
                        expectation().withWholeHost(), LinuxReport.of(report), BASE, "QEMU ended")
                .checks()
                .stream()
                .filter(check -> check.id().equals("linux.interrupt"))
                .toList();
    }

    @Test
    void config_space_of_the_device_is_read() throws IOException {
        String report =
                GOOD.replace("igdrom-part end", "igdrom-part config\n8680\na646\nigdrom-part end");
        assertThat(LinuxReport.of(report).config()).isEqualTo(Image.ofHex("8680a646"));
        String malformed = report.replace("a646", "a64");
        assertThat(LinuxReport.of(malformed).config()).isEqualTo(Image.EMPTY);
    }

    @Test
    void endless_report_is_cut_off() throws IOException {
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }
                };
        assertThat(LinuxReport.read(endless).complete()).isFalse();
    }

    @Test
    void cpio_reads_the_archive() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/cpio")), "no cpio");
        Path tree = Files.createDirectories(directory.resolve("tree/sub")).resolveSibling(".");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub"));
        Files.writeString(tree.resolve("sub/file"), "12345");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Cpio(bytes)
                .directory("bin")
                .file("bin/tool", Image.ofAscii("hello"))
                .file("init", Image.ofAscii("#!/bin/tool\n"))
                .tree("tree", tree.normalize())
                .end();
        Path file = write("archive", Image.of(bytes.toByteArray()));
        Path list = directory.resolve("list");
        Process cpio =
                new ProcessBuilder("cpio", "--list", "--quiet")
                        .redirectInput(file.toFile())
                        .redirectOutput(list.toFile())
                        .start();
        assertThat(cpio.waitFor(600, TimeUnit.SECONDS)).isTrue();
        assertThat(cpio.exitValue()).isZero();
        assertThat(list)
                .hasContent("bin\nbin/tool\ninit\ntree\ntree/link\ntree/sub\ntree/sub/file");
    }

    @Test
    void names_and_contents_are_aligned_to_four_bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Cpio(bytes).file("a", Image.ofAscii("xyz")).end();
        Image archive = Image.of(bytes.toByteArray());
        assertThat(archive.slice(0, 110 + 2 + 4).latin1())
                .isEqualTo(
                        "070701"
                                + "00000001"
                                + "000081ed"
                                + "00000000".repeat(2)
                                + "00000001"
                                + "00000000"
                                + "00000003"
                                + "00000000".repeat(4)
                                + "00000002"
                                + "00000000"
                                + "a\0xyz\0");
        assertThat(archive.size() % 4).isZero();
    }

    @Test
    void modules_come_after_their_dependencies() throws IOException {
        Path modules = Files.createDirectories(directory.resolve("kernel/drivers"));
        write("kernel/drivers/i915.ko", module("drm,i2c-algo-bit"));
        write("kernel/drivers/drm.ko", module(""));
        try (OutputStream out =
                new XZOutputStream(
                        Files.newOutputStream(modules.resolve("i2c-algo-bit.ko.xz")),
                        new LZMA2Options(0))) {
            module("drm").writeTo(out);
        }
        KernelModules kernel = KernelModules.in(directory.resolve("kernel"));
        assertThat(kernel.closure("i915").keySet()).containsExactly("drm", "i2c_algo_bit", "i915");
        assertThat(kernel.closure("i915")).containsEntry("i2c_algo_bit", module("drm"));
        assertThatThrownBy(() -> kernel.closure("xe"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("the kernel has no such module");
    }

    @Test
    void circular_dependencies_are_read_once() throws IOException {
        Files.createDirectories(directory.resolve("kernel"));
        write("kernel/a.ko", module("b"));
        write("kernel/b.ko", module("a"));
        assertThat(KernelModules.in(directory.resolve("kernel")).closure("a").keySet())
                .containsExactly("b", "a");
    }

    private Path write(String name, Image content) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            content.writeTo(out);
        }
        return file;
    }

    private static Image module(String dependencies) {
        return Image.ofAscii("ELF\0name=x\0depends=" + dependencies + "\0license=GPL\0");
    }

    private static void fails(String text, String id, String evidence) throws IOException {
        assertThat(checks(text)).contains(new Check(id, false, evidence));
        assertThat(checks(text)).filteredOn(check -> !check.ok()).hasSize(1);
    }

    private static List<Check> checks(String text) throws IOException {
        return LinuxJudge.verdict(expectation(), LinuxReport.of(text), BASE, "QEMU ended").checks();
    }

    static Expectation expectation() {
        PciId id = PciId.intel(0x46a6);
        Emitter vbt = new Emitter();
        new VbtBuilder("SAMPLE", 228)
                .device(4, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(vbt);
        Emitter region = new Emitter();
        OpRegionBuilder.around(vbt.toImage()).write(region);
        return new Expectation(
                List.of(
                        new Expectation.Gpu(
                                PciAddress.of(2, 0),
                                id,
                                Knowledge.platformOf(id).orElseThrow(),
                                false,
                                new Expectation.OpRegion(
                                        region.toImage(), vbt.toImage(), "the ROM", 0),
                                new Expectation.Stolen(SIZE, "GGC", 0, "", false))),
                1,
                new Expectation.Driver(RomData.NONE.policy(), false),
                false,
                "",
                false,
                1,
                /* wholeHost= */ false);
    }
}
