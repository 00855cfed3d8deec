package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.driver.DriverReport;
import igdrom.driver.DriverReport.Entry;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.pci.PciId;
import igdrom.samples.SampleFlash;
import igdrom.samples.SampleGop;
import igdrom.samples.SampleLpc;
import igdrom.samples.SampleVgaBios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
    private static final String LIST =
            "gop-device, gop-arch, gop-pch, vbt-generation, vbt-layout, opregion, stolen-base or"
                    + " other-host";

    private static final String DEVICE =
            "a PCI id like 8086:46d4 or, with its revision, 8086:46d4:0c (lspci -nn -s 02.0 shows"
                    + " both), nor a processor like N100";

    private static final String MULTIPLE =
            "a multiple of 1 MiB below 4 GiB, such as 0x8d800000 or 64M";

    @TempDir Path directory;

    private String demo = "";
    private Path rom = Path.of("");

    @BeforeEach
    void make_an_image() throws IOException {
        demo =
                Files.write(directory.resolve("demo.bin"), SampleFlash.make().toByteArray())
                        .toString();
        rom = directory.resolve("igd.rom");
    }

    @Test
    void build_from_a_firmware_image_prints_the_decisions_and_the_next_steps() {
        Session session = build("--device", "8086:46d1", "--firmware", demo);
        assertThat(session.err()).isEmpty();
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        // The size of the driver changes with the driver.
        String out =
                session.out()
                        .replaceFirst(": [0-9.]+ KiB", ": 25 KiB")
                        .replaceFirst("driver [0-9]+", "driver 24576");
        assertThat(out)
                .isEqualTo(
                        """
                        ROM: 25 KiB for 8086:46d1 (Alder Lake-N, Twin Lake), works on q35 and pc
                          device         8086:46d1, Alder Lake-N, Twin Lake
                                         (--device)
                          GOP            21.0.1066, 960 bytes
                                         (DEMO, file SampleGop)
                          LPC bridge     the guest's, GOP unchanged
                                         (this GOP does not read the bridge's id)
                          machine        q35 and pc
                                         (by default; --machine overrides this)
                          OpRegion       8192 bytes, version 2.1, generated around a VBT of 1624 \
                        bytes
                                         (DEMO, file 1D0B4D4E-8A3C-4E0B-9C0E-160D60700002)
                          stolen memory  size from the device at any free address
                                         (no base is known)
                          images         igdrom's driver 24576, GOP 1024
                          note           drivers for Alder Lake-N, Twin Lake compare the base of \
                        stolen memory with other registers: use the host's own base (--host or \
                        --snapshot reads it, --stolen-base specifies it)

                        Next:
                          igdrom verify --device 8086:46d1 ROM
                          QEMU: -machine q35 -vga none -device vfio-pci,host=0000:00:02.0,\
                        bus=pcie.0,addr=02.0,x-igd-opregion=on,romfile=ROM
                          QEMU: -machine pc -vga none -device vfio-pci,host=0000:00:02.0,\
                        bus=pci.0,addr=02.0,x-igd-legacy-mode=off,x-igd-opregion=on,x-igd-lpc=on,romfile=ROM
                          for the whole configuration: igdrom config --for qemu --rom ROM
                          in the guest: igdrom report reads what the driver did (igdrom help \
                        report)
                        The ROM contains Intel's GOP: do not publish this file.
                        """
                                .replace("ROM:", rom + ":")
                                .replace("d1 ROM", "d1 " + rom)
                                .replace("rom ROM", "rom " + rom)
                                .replace("=ROM", "=" + rom)
                                .replace("DEMO", demo));
        assertThat(Session.of("verify", "-d", "8086:46d1", rom.toString()).code())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void build_switches_outputs_off_and_extract_restores_the_vbt() throws IOException {
        Session.of("extract", "--vbt", demo, "-o", directory.resolve("parts").toString());
        Session session =
                build("-d8086:46d1", "--firmware", demo, "--disable-output=edp", "--machine=pc");
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .contains("; used even if the hypervisor offers one\n")
                .contains(
                        """

                          VBT            eDP-A switched off, left: HDMI-B
                                         (--disable-output)
                        """);
        assertThat(Session.of("verify", rom.toString()).out())
                .contains("VBT           eDP-A switched off; the original can be restored\n");
        Path restored = directory.resolve("restored");
        Session.of("extract", "--vbt", "--restore", rom.toString(), "-o", restored.toString());
        assertThat(Image.load(restored.resolve("vbt-alderlake-p.bin")))
                .isEqualTo(Image.load(directory.resolve("parts/vbt-alderlake-p.bin")));
        try (Stream<Path> files = Files.list(restored)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void build_refuses_an_output_that_the_vbt_does_not_have() {
        Session session =
                build("-d8086:46d1", "--firmware", demo, "--disable-output", "DP-B,HDMI-B");
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        assertThat(session.err()).endsWith(": the VBT has no output DP-B: it has eDP-A, HDMI-B\n");
        assertThat(rom).doesNotExist();
    }

    @Test
    void build_is_reproducible() throws IOException {
        build("--device", "8086:46d1", "--firmware", demo, "--compress");
        Image once = Image.load(rom);
        build("--device", "8086:46d1", "--firmware", demo, "--compress", "--force");
        assertThat(Image.load(rom)).isEqualTo(once);
    }

    @Test
    void build_says_the_price_of_asls_that_is_always_written() throws IOException {
        Session session = build("--device=8086:46d1", "--no-gop", "--asls=always", "--class=0380");
        assertThat(session.out())
                .contains(
                        """

                          ASLS           written even where the hypervisor does not emulate it
                                         (--asls)
                        """);
        assertThat((session.out() + session.err()).replaceAll("\\s+", " "))
                .contains("the host loses its own OpRegion until it is rebooted");
        OptionRom built =
                OptionRom.read(Image.load(rom), Location.root("igd.rom"), new Diagnostics());
        assertThat(built.images().getFirst().pcir().classCode()).isEqualTo(0x038000);
        assertThat(build("--device=8086:46d1", "--no-gop", "--asls=emulated", "--force").out())
                .doesNotContain("ASLS");
    }

    @Test
    void build_says_that_clearing_the_display_state_is_unproven() throws IOException {
        Session session = build("--device=8086:46d1", "--no-gop", "--display-state=clear");
        assertThat(session.out())
                .contains(
                        """

                          display state  what the host's firmware left is cleared
                                         (--display-state)
                        """);
        assertThat((session.out() + session.err()).replaceAll("\\s+", " "))
                .contains("is unproven on hardware");
        assertThat(Session.of("verify", rom.toString()).out())
                .contains("what the host's firmware left is cleared: unproven on hardware");
        assertThat(build("--device=8086:46d1", "--no-gop", "--display-state=keep", "-f").out())
                .doesNotContain("display state");
    }

    @Test
    void build_accepts_parts_of_every_kind() throws IOException {
        Session.of("extract", demo, "-o", directory.resolve("parts").toString());
        String parts = directory.resolve("parts").toString();
        Session session =
                build(
                        "--device=8086:46d1:0c",
                        "--gop=" + parts + "/gop-21.0.1066-x64.efi",
                        "--vbt=" + parts + "/vbt-alderlake-p.bin",
                        "--vbios=" + parts + "/vbios-8086-46d0.rom",
                        "--machine=pc",
                        "--stolen-base=0x8c800000",
                        "--stolen-size=64M",
                        "--lid=closed",
                        "--dock",
                        "--opregion-source=embedded");
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .contains("\n  stolen memory  64 MiB at 0x8c800000\n")
                .contains("; used even if the hypervisor offers one\n")
                .contains("; --opregion-source)\n")
                .contains("\n  lid            closed\n                 (--lid)\n")
                .contains("\n  dock           docked\n                 (--dock)\n")
                .contains("\n  VGA BIOS       512 bytes of 8086:46d0\n")
                .contains("\n  images         VGA BIOS 512, igdrom's driver ");
        assertThat(Session.of("verify", "-d", "8086:46d1", rom.toString()).out())
                .contains("\n  note  image 0x0     x86 (legacy BIOS), 512 bytes\n")
                .contains("\n  good  stolen        base 0x8c800000, size 0x4000000\n")
                .doesNotContain("BAD");
    }

    @Test
    void build_takes_the_gop_out_of_another_rom() throws IOException {
        build("--device", "8086:46d1", "--firmware", demo);
        Path other = directory.resolve("other.rom");
        Session session =
                Session.of(
                        "build",
                        "-d",
                        "8086:46d1",
                        "--gop",
                        rom.toString(),
                        "-o",
                        other.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).contains("\n  GOP            21.0.1066, 960 bytes\n");
    }

    @Test
    void build_from_a_snapshot_needs_nothing_else() throws IOException {
        Path snapshot = Files.writeString(directory.resolve("host.json"), snapshot("8086:46d1"));
        Session session = build("--snapshot", snapshot.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .contains("  device         8086:46d1, Alder Lake-N, Twin Lake\n")
                .contains("  stolen memory  64 MiB at 0x7c800000\n")
                .contains("(the host's own base)");
    }

    @Test
    void build_refuses_unreadable_files_and_notes_ignored_ones() throws Exception {
        Session.of("extract", demo, "-o", directory.resolve("parts").toString());
        String gop = "--gop=" + directory.resolve("parts/gop-21.0.1066-x64.efi");
        String vbt = "--vbt=" + directory.resolve("parts/vbt-alderlake-p.bin");
        Path fifo = directory.resolve("fifo");
        assumeThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        for (String option :
                List.of("--snapshot", "--firmware", "--gop", "--vbt", "--opregion", "--vbios")) {
            assertThat(build("-d8086:46d1", option, fifo.toString()))
                    .isEqualTo(Session.failed(ExitCode.MACHINE, fifo + ": not a regular file"));
            assertThat(build("-d8086:46d1", option, directory.toString()))
                    .isEqualTo(Session.failed(ExitCode.USAGE, directory + ": is a directory"));
        }
        Path gone = directory.resolve("gone");
        Session missing = Session.failed(ExitCode.MACHINE, gone + ": no such file");
        assertThat(build("-d8086:46d1", gop, vbt, "--firmware=" + gone)).isEqualTo(missing);
        assertThat(build("-d8086:46d1", "--no-gop", "--gop=" + gone)).isEqualTo(missing);
        assertThat(rom).doesNotExist();
        Session session = build("-d8086:46d1", gop, vbt, "--firmware=" + demo);
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.err())
                .isEqualTo(
                        "note: "
                                + demo
                                + ": ignored, since other options name both a GOP and a VBT\n");
    }

    @Test
    void build_does_not_replace_an_input() throws IOException {
        Path snapshot = Files.writeString(directory.resolve("host.json"), snapshot("8086:46d1"));
        Path gop = directory.resolve("gop.efi");
        Files.write(
                gop,
                SampleGop.driver(21, 0, 1066, List.of(PciId.intel(0x46d1)), SampleLpc.byPorts())
                        .raw()
                        .toByteArray());
        List<String> inputs =
                List.of("--snapshot", "--firmware", "--gop", "--vbt", "--opregion", "--vbios");
        for (String option : inputs) {
            for (Path file : List.of(snapshot, Path.of(demo), gop)) {
                byte[] before = Files.readAllBytes(file);
                assertThat(
                                Session.of(
                                        "build",
                                        "-f",
                                        "-d8086:46d1",
                                        option,
                                        file.toString(),
                                        "-o",
                                        file.toString()))
                        .isEqualTo(
                                Session.failed(
                                        ExitCode.USAGE,
                                        file + " is an input: --force does not replace it"));
                assertThat(file).hasBinaryContent(before);
            }
        }
    }

    @Test
    void conflicts_are_refused_with_the_option_that_allows_them() {
        assertThat(build("--device", "8086:46d4", "--firmware", demo))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO,
                                "GOP 21.0.1066 does not list 46d4, only 46d0, 46d1 and 46d2"
                                        + " (--allow gop-device)"));
        assertThat(rom).doesNotExist();
        Session allowed =
                build("--device", "8086:46d4", "--firmware", demo, "--allow", "gop-device");
        assertThat(allowed.code()).isEqualTo(ExitCode.OK);
        assertThat(allowed.out())
                .contains(
                        "warning        GOP 21.0.1066 does not list 46d4, only 46d0, 46d1 and"
                                + " 46d2\n");
    }

    @Test
    void json_contains_the_plan_or_the_reason_for_a_refusal() throws IOException {
        Session session = build("--device", "8086:46d1", "--firmware", demo, "--json");
        assertThat(session.out())
                .startsWith(
                        "{\"schema\":1,\"output\":\""
                                + rom
                                + "\",\"size\":"
                                + Files.size(rom)
                                + ",\"sha256\":\"")
                .contains(
                        "\"device\":\"8086:46d1\",\"platform\":\"ADL-N\",\"machines\":[\"q35\",\"pc\"],\"images\":[{\"offset\":0,")
                .contains("\"decisions\":[{\"subject\":\"device\",\"choice\":\"8086:46d1, ")
                .contains(Image.load(rom).sha256());
        Session refused = build("--device", "8086:46d4", "--firmware", demo, "--json", "-f");
        assertThat(refused.code()).isEqualTo(ExitCode.NO);
        assertThat(refused.out())
                .startsWith("{\"schema\":1,\"output\":null,\"messages\":[")
                .contains("\"severity\":\"error\",\"message\":\"GOP 21.0.1066 does not list 46d4")
                .contains("\"conflict\":\"gop-device\"")
                .endsWith(",\"exitCode\":1}\n");
        Session missing = build("--json", "-f", "-d8086:46d1", "--gop", "/gone");
        assertThat(missing.out())
                .isEqualTo(
                        "{\"schema\":1,\"error\":\"/gone: no such file\"," + "\"exitCode\":4}\n");
        assertThat(missing.err()).isEqualTo("igdrom: /gone: no such file\n");
        assertThat(build("--json", "-d8086:46d1").out())
                .isEqualTo(
                        "{\"schema\":1,\"error\":\""
                                + rom
                                + " exists (--force replaces it)\",\"exitCode\":2}\n");
    }

    @Test
    void wrong_usage_is_reported_before_anything_is_read() throws IOException {
        Files.writeString(rom, "mine");
        refuses(rom + " exists (--force replaces it)", "-d", "8086:46d1", "--gop", "gone");
        assertThat(rom).hasContent("mine");
        Files.delete(rom);
        refuses(
                "no device given: name it with --device (lspci -nn shows its id), or take it from"
                        + " --host or --snapshot");
        refuses(invalid("--device", "\"46d\" is not " + DEVICE), "-d", "46d");
        for (String device :
                List.of("8086:46d1:1234567", "8086:46d1:", "8086:46d1:0", "8086:46d1:+1", ":::")) {
            refuses(invalid("--device", "\"" + device + "\" is not " + DEVICE), "--device", device);
        }
        for (String option : List.of("--machine", "--allow", "--device", "--gop", "--lid")) {
            refuses(invalid(option, "the value is empty"), option, "");
        }
        refuses(
                invalid("--machine", "'isapc' is not q35, pc or bhyve"),
                "-d8086:46d1",
                "--machine=isapc");
        refuses(invalid("--lid", "'ajar' is not open or closed"), "-d8086:46d1", "--lid=ajar");
        refuses(
                invalid("--opregion-source", "'x' is not auto or embedded"),
                "-d8086:46d1",
                "--opregion-source=x");
        refuses(invalid("--allow", "'all' is not " + LIST), "-d8086:46d1", "--allow=all");
        for (String size :
                List.of("1", "0x100001", "-1M", "4096M", "8192M", "much", "9999999999999999999")) {
            refuses(
                    invalid("--stolen-size", "'" + size + "' is not " + MULTIPLE),
                    "-d8086:46d1",
                    "--stolen-size=" + size);
        }
        refuses(
                invalid("--stolen-base", "'0x100000000' is not " + MULTIPLE),
                "-d8086:46d1",
                "--stolen-base=0x100000000");
        refuses(
                "--host and --snapshot exclude each other (see: igdrom help build)",
                "--host",
                "--snapshot=x");
        assertThat(names()).containsExactly("demo.bin");
    }

    @Test
    void unreadable_input_leaves_no_files() throws IOException {
        String text = Files.writeString(directory.resolve("text"), "nothing").toString();
        String gone = directory.resolve("gone").toString();
        String device = "--device=8086:46d1";
        assertThat(build(device, "--gop", text))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO,
                                text + " contains no GOP (--no-gop builds a ROM without one)"));
        assertThat(build(device, "--vbt", text))
                .isEqualTo(Session.failed(ExitCode.NO, text + " contains no VBT"));
        assertThat(build(device, "--vbios", text))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO,
                                text + " contains no legacy VGA BIOS of Intel graphics"));
        assertThat(build(device, "--opregion", text))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MALFORMED,
                                text + " +0x0: Signature needs 0x10 bytes, 0x7 are left"));
        assertThat(build(device, "--opregion", text, "--json").out())
                .startsWith("{\"schema\":1,\"output\":null,\"messages\":[{\"severity\":\"error\",")
                .endsWith(
                        "\"error\":\""
                                + text
                                + " +0x0: Signature needs 0x10 bytes, 0x7 are"
                                + " left\",\"exitCode\":3}\n");
        assertThat(build(device, "--snapshot", text).code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(build(device, "--firmware", gone))
                .isEqualTo(Session.failed(ExitCode.MACHINE, gone + ": no such file"));
        assertThat(Session.of("build", device, "-o", gone + "/igd.rom"))
                .isEqualTo(Session.failed(ExitCode.MACHINE, gone + "/igd.rom: no such directory"));
        assertThat(Session.of("build", device, "-o", directory.toString()))
                .isEqualTo(Session.failed(ExitCode.USAGE, directory + " is a directory"));
        assertThat(names()).containsExactly("demo.bin", "text");
    }

    @Test
    void errors_in_a_snapshot_name_its_file() throws IOException {
        String facts = snapshot("8086:46d1");
        String start = facts.substring(0, facts.length() - 1);
        Path file = directory.resolve("host.json");
        Files.writeString(file, start + ", \"opRegion\": {\"value\": \"00112233445566778899\"}}");
        assertThat(build("--snapshot", file.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MALFORMED,
                                file
                                        + ": opRegion +0x0: Signature needs 0x10 bytes, 0xa are"
                                        + " left"));
        Files.writeString(file, start + ", \"vbt\": {\"value\": \"2456425400\"}}");
        assertThat(build("--snapshot", file.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MALFORMED,
                                file + ": vbt +0x0: Signature needs 0x14 bytes, 0x5 are left"));
        Files.writeString(file, "{\"schema\": 1, \"kind\": \"igdrom-snapshot\"}");
        assertThat(build("--snapshot", file.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO,
                                "no device is known: the snapshot: has no igd.id (--device names"
                                        + " it, lspci -nn shows its id)"));
    }

    @Test
    void verify_prints_one_line_per_check_and_answers_no_when_one_fails() throws IOException {
        build("--device", "8086:46d1", "--firmware", demo);
        Session session = Session.of("verify", "--device", "8086:46d4", rom.toString());
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        assertThat(session.out())
                .startsWith(
                        rom
                                + ": a check failed\n"
                                + "  good  structure     2 images, chain terminated\n")
                .contains("\n  note  ids           for 8086:46d1, not for 8086:46d4; OVMF")
                .contains(
                        "\n"
                            + "  BAD   GOP           21.0.1066 does not list 46d4, only 46d0, 46d1"
                            + " and 46d2\n");
        assertThat(Session.of("verify", "--json", rom.toString()).out())
                .startsWith(
                        "{\"schema\":1,\"files\":[{\"file\":\""
                                + rom
                                + "\",\"size\":"
                                + Files.size(rom)
                                + ",\"sha256\":\"")
                .contains(
                        "\"good\":true,\"checks\":[{\"verdict\":\"good\",\"subject\":\"structure");
        Path text = Files.writeString(directory.resolve("text"), "nothing");
        assertThat(Session.of("verify", text.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MALFORMED,
                                "text +0x0: not an option ROM, which starts with 55 aa"));
    }

    @Test
    void report_describes_the_steps_of_the_driver() throws IOException {
        DriverReport report =
                new DriverReport(
                        List.of(
                                new Entry(1, 1, 0, 1, 1),
                                new Entry(4, 1, 0, 0x2040, 0),
                                new Entry(2, 1, 0, 0x0300_000c_46d1_8086L, 0x10),
                                new Entry(3, 1, 0, 0x4e2d_4c44_41L, 1200),
                                new Entry(5, 1, 0, 3, 12),
                                new Entry(6, 20, 0, 3, 0x2000),
                                new Entry(6, 20, 0, 7, 0x2000),
                                new Entry(6, 8, 0, 0x7ea3_f000, 0x2000),
                                new Entry(8, 9, 0, 0x400_0000, 0x0202),
                                new Entry(9, 4, 0, 0x7c80_0000, 0x400_0000),
                                new Entry(10, 1, 0, 0x7c80_0000, 0x7c80_0000),
                                new Entry(7, 1, 0, 0x400, 0x1800),
                                new Entry(7, 1, 0, 0x7ea5_0000, 0x1800),
                                new Entry(11, 16, 0, 0x7e00_0000, 0x1800),
                                new Entry(12, 21, 0, 0, 0),
                                new Entry(12, 16, 0, 0, 0)),
                        0);
        Path file = directory.resolve("IgdromReport");
        Files.write(file, new Emitter().u32(6).image(report.image()).toImage().toByteArray());
        Session session = Session.of("report", file.toString());
        assertThat(session)
                .isEqualTo(
                        new Session(
                                ExitCode.NO,
                                file
                                        + """
                                        : 16 steps of igdrom's driver
                                          driver: version 1, from a ROM
                                          data in the ROM: 0x2040 bytes
                                          device: 8086:46d1, class 030000, revision 0c at \
                                        0000:00:02.0
                                            generation: ADL-N, graphics 12
                                            fw_cfg: 12 files
                                            OpRegion: the preset one has no VBT: other \
                                        sources come first
                                            OpRegion: the hypervisor's has no VBT: other \
                                        sources come first
                                            OpRegion: from the ROM, 0x2000 bytes at 0x7ea3f000
                                            size of stolen memory: 64 MiB, from the device (GGC \
                                        0x0202)
                                            stolen memory: 64 MiB at 0x7c800000, as requested
                                            base of stolen memory in BAR0: found, 0x7c800000, \
                                        0x7c800000
                                            VBT: 0x1800 bytes at +0x400 of the OpRegion
                                            VBT: 0x1800 bytes at address 0x7ea50000
                                            policy for the GOP: offered, with a VBT of 0x1800 \
                                        bytes
                                            stop: refused: another driver uses the device
                                            stop: the driver was stopped and its changes were undone
                                        the driver was stopped, and set up nothing
                                          next: igdrom test ROM shows what the GOP does; igdrom \
                                        vbt show ROM lists the outputs that it knows
                                        """,
                                ""));
        assertThat(Session.of("report", "--json", file.toString()).out())
                .contains("{\"number\":1,\"name\":\"driver\",\"outcomeNumber\":1,");
    }

    @Test
    void report_of_a_failed_step_answers_no() throws IOException {
        DriverReport report =
                new DriverReport(
                        List.of(
                                new Entry(6, 2, 0x8000_000eL, 0, 0),
                                new Entry(9, 99, 0, 1, 2),
                                new Entry(3, 10, 0, 0, 0)),
                        7);
        Path file = directory.resolve("report");
        Files.write(file, report.image().toByteArray());
        Session session = Session.of("report", file.toString());
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        assertThat(session.out())
                .contains(
                        "  OpRegion: none: neither the hypervisor nor the ROM has one (EFI"
                                + " status 0x8000000e)\n")
                .contains("  stolen memory: outcome 99, 0x1, 0x2 (a later igdrom may know it)\n")
                .contains("\n  7 more did not fit into the report\n")
                .endsWith(
                        """
                        the steps that are marked did not succeed
                          next: collect what a bug report needs: igdrom bundle --report FILE
                        """);
        assertThat(Session.of("report", demo))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MALFORMED,
                                "demo.bin +0x0: not the variable IgdromReport of a guest:"
                                        + " Signature is not \"IGDRPORT\""));
    }

    @Test
    void every_step_and_outcome_has_a_description() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (int step = 1; step <= 13; step++) {
            entries.clear();
            for (int outcome = 1; outcome <= 21; outcome++) {
                entries.add(new Entry(step, outcome, 0, 0x1234_5678_9abc_def0L, -1));
            }
            Path file = directory.resolve("report");
            Files.write(file, new DriverReport(entries, 0).image().toByteArray());
            assertThat(Session.of("report", file.toString()).out().lines())
                    .hasSize(24)
                    .allMatch(line -> line.length() > 8);
        }
    }

    @Test
    void snapshot_of_a_copied_tree_is_printed_or_written() throws IOException {
        Path device = directory.resolve("root/sys/bus/pci/devices/0000:00:02.0");
        Files.createDirectories(device);
        Files.writeString(device.resolve("vendor"), "0x8086\n");
        Files.writeString(device.resolve("device"), "0x46d1\n");
        Files.writeString(device.resolve("class"), "0x030000\n");
        String root = directory.resolve("root").toString();
        Session session = Session.of("snapshot", "--root", root);
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).startsWith("{\n  \"schema\" : 1,\n");
        assertThat(session.err())
                .startsWith("the snapshot: 8086:46d1 at 0000:00:02.0\n")
                .contains("  missing: stolen memory: /proc/iomem: no such file\n");
        Path file = directory.resolve("host.json");
        Session written = Session.of("snapshot", "--root", root, "-o", file.toString());
        assertThat(written.code()).isEqualTo(ExitCode.OK);
        assertThat(written.out()).isEmpty();
        assertThat(file).hasContent(session.out());
        assertThat(Session.of("snapshot", "--root", root, "-o", file.toString()))
                .isEqualTo(Session.failed(ExitCode.USAGE, file + " exists (--force replaces it)"));
        assertThat(build("--snapshot", file.toString()).code()).isEqualTo(ExitCode.OK);
        Session none = Session.of("snapshot", "--root", directory.toString());
        assertThat(none.code()).isEqualTo(ExitCode.NO);
        assertThat(none.err())
                .isEqualTo(
                        "igdrom: no Intel graphics found:"
                                + " /sys/bus/pci/devices: no such file\n");
        assertThat(Session.of("snapshot", "--root", directory.resolve("gone").toString()).code())
                .isEqualTo(ExitCode.MACHINE);
    }

    @Test
    void gop_is_edited_for_the_bridge_and_can_be_restored() throws IOException {
        Path file = gopThatReadsTheBridge();
        Image gop = Image.load(file);
        String[] parts = {"-d=8086:46d1", "--gop=" + file, "--firmware=" + demo, "--machine=q35"};
        Session session =
                build(parts[0], parts[1], parts[2], parts[3], "--pch=8086:3481", "--compress");
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .containsPattern(
                        "\n {2}edit           \\+0x\\w+: e8 .. .. 00 00 becomes b8 81 34 00 00\n")
                .contains(
                        "\n"
                            + "  LPC bridge     8086:3481 Ice Point-LP\n"
                            + "                 (--pch; put into the GOP, which does not support"
                            + " q35's own bridge, 8086:2918)\n"
                            + "  machine        q35\n"
                            + "                 (--machine)\n")
                .contains(",bus=pcie.0,addr=02.0,x-igd-opregion=on,romfile=");
        assertThat(Session.of("verify", "--pch", "8086:3481", rom.toString()).code())
                .isEqualTo(ExitCode.OK);
        assertThat(Session.of("verify", "--pch", "8086:3482", rom.toString()).code())
                .isEqualTo(ExitCode.OK);
        assertThat(Session.of("verify", "--pch", "8086:5182", rom.toString()).code())
                .isEqualTo(ExitCode.NO);
        assertThat(Session.of("inspect", rom.toString()).out())
                .contains(": assumes the LPC bridge 8086:3481\n");

        String edited = directory.resolve("edited").toString();
        Session.of("extract", "--gop", rom.toString(), "-o", edited);
        assertThat(Image.load(Path.of(edited, "gop-21.0.1066-x64.efi"))).isNotEqualTo(gop);
        String originals = directory.resolve("originals").toString();
        Session.of("extract", "--gop", "--restore", rom.toString(), "-o", originals);
        assertThat(Image.load(Path.of(originals, "gop-21.0.1066-x64.efi"))).isEqualTo(gop);

        Session unknown = build(parts[0], parts[1], parts[2], "--pch=8086:7a84", "--force");
        assertThat(unknown.code()).isEqualTo(ExitCode.NO);
        assertThat(unknown.err())
                .contains(
                        "GOP 21.0.1066 does not support the PCH 8086:7a84 Alder Point-S (600"
                                + " series): it would give no picture on the host either (--allow"
                                + " gop-pch)");
    }

    @Test
    void rom_that_would_stay_dark_is_refused_with_what_to_type() throws IOException {
        String gop = "--gop=" + gopThatReadsTheBridge();
        String unknown =
                "the host's LPC bridge is not known, and without its id this GOP gives no picture"
                        + " on q35: GOP 21.0.1066 does not support the usual one of Alder Lake-N,"
                        + " 8086:5481 (--pch specifies its id, which lspci -nn -s 00:1f.0 shows on"
                        + " the host; --machine pc builds a ROM for pc, which can show the host's"
                        + " bridge)";
        assertThat(build("-d8086:46d1", gop)).isEqualTo(Session.failed(ExitCode.NO, unknown));
        assertThat(build("-d8086:46d1", gop, "--machine=q35"))
                .isEqualTo(Session.failed(ExitCode.NO, unknown));
        assertThat(build("-d8086:46d1", gop, "--machine=q35", "--no-pch"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO,
                                "unedited, this GOP gives no picture on q35: it does not support"
                                        + " q35's own bridge, 8086:2918 (without --no-pch it is"
                                        + " edited; --machine pc builds a ROM for pc, which can"
                                        + " show the host's bridge)"));
        assertThat(rom).doesNotExist();
    }

    @Test
    void next_steps_for_bhyve_show_the_guest_the_bridge_of_the_host() throws IOException {
        Session session =
                build(
                        "-d8086:46d1",
                        "--gop=" + gopThatReadsTheBridge(),
                        "--machine=bhyve",
                        "--pch=8086:3481");
        assertThat(session.out())
                .contains(" for 8086:46d1 (Alder Lake-N, Twin Lake), works in bhyve\n")
                .contains(
                        "\n"
                            + "                 (--pch; put into the GOP, which does not support"
                            + " bhyve's own bridge, 8086:7000)\n")
                .contains(
                        """

                        Next:
                          igdrom verify --device 8086:46d1 ROM
                          bhyve: -s 2,passthru,0/2/0,rom=ROM
                          bhyve, with -s 31,lpc: -o pci.0.31.0.pcireg.vendor=host \
                        -o pci.0.31.0.pcireg.device=host -o pci.0.31.0.pcireg.revid=host \
                        -o pci.0.31.0.pcireg.subvendor=host -o pci.0.31.0.pcireg.subdevice=host
                          for the whole configuration: igdrom config --for bhyve --rom ROM
                          in the guest: igdrom report reads what the driver did (igdrom help report)
                        """
                                .replace("ROM", rom.toString()));
    }

    @Test
    void saved_base_of_a_vga_bios_is_cleared_and_seabios_has_a_command_line() throws IOException {
        PciId ivyBridge = PciId.intel(0x0166);
        Path file = directory.resolve("vbios.rom");
        Files.write(file, SampleVgaBios.of(ivyBridge, 0xbba0_0000L).raw().toByteArray());
        Session session = build("-d8086:0166", "--vbios=" + file);
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        String out =
                session.out()
                        .replaceFirst(": [0-9.]+ KiB", ": 25 KiB")
                        .replaceFirst("driver [0-9]+", "driver 24576");
        assertThat(out)
                .isEqualTo(
                        """
                        ROM: 25 KiB for 8086:0166 (Ivy Bridge), works on pc
                          device         8086:0166, Ivy Bridge
                                         (--device)
                          VGA BIOS       512 bytes
                                         (VBIOS)
                          GOP            none: no picture until the guest's own driver starts
                                         (no file with a GOP was given)
                          machine        pc
                                         (a VGA BIOS needs the legacy mode, which q35 lacks)
                          OpRegion       none: the hypervisor must offer one
                                         (neither a VBT nor an OpRegion was given)
                          stolen memory  size from the device at any free address
                                         (no base is known)
                          images         VGA BIOS 512, igdrom's driver 24576
                          note           the VGA BIOS had saved the base of stolen memory of the \
                        machine that it was copied from, 0xbba00000 at +0x68: cleared, so that it \
                        reads the guest's

                        Next:
                          igdrom verify --device 8086:0166 ROM
                          QEMU: -machine pc -vga none -device vfio-pci,host=0000:00:02.0,\
                        bus=pci.0,addr=02.0,x-igd-legacy-mode=off,x-igd-opregion=on,x-igd-lpc=on,\
                        romfile=ROM
                          QEMU with SeaBIOS: -machine pc -vga none -device vfio-pci,\
                        host=0000:00:02.0,bus=pci.0,addr=02.0,x-igd-legacy-mode=on,\
                        x-igd-opregion=on,romfile=ROM
                          for the whole configuration: igdrom config --for qemu --rom ROM
                          in the guest: igdrom report reads what the driver did (igdrom help \
                        report)
                        """
                                .replace("ROM:", rom + ":")
                                .replace("66 ROM", "66 " + rom)
                                .replace("rom ROM", "rom " + rom)
                                .replace("=ROM", "=" + rom)
                                .replace("(VBIOS)", "(" + file + ")"));
        Image built = Image.load(rom);
        assertThat(built.slice(0, 512).sum8()).isZero();
        assertThat(built.u32(0x68)).isZero();
    }

    private Path gopThatReadsTheBridge() throws IOException {
        Image gop =
                SampleGop.driver(21, 0, 1066, List.of(PciId.intel(0x46d1)), SampleLpc.byPorts())
                        .raw();
        return Files.write(directory.resolve("asking.efi"), gop.toByteArray());
    }

    private static String invalid(String option, String problem) {
        return "invalid value for option '"
                + option
                + "': "
                + problem
                + " (see: igdrom help build)";
    }

    private void refuses(String problem, String... options) {
        assertThat(build(options)).isEqualTo(Session.failed(ExitCode.USAGE, problem));
    }

    private Session build(String... options) {
        List<String> arguments = new ArrayList<>(List.of("build", "-o", rom.toString()));
        arguments.addAll(List.of(options));
        return Session.of(arguments.toArray(new String[0]));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> directory.relativize(path).toString()).sorted().toList();
        }
    }

    private static String snapshot(String id) {
        return "{\"schema\": 1, \"kind\": \"igdrom-snapshot\","
                + " \"igd\": {\"id\": {\"value\": \""
                + id
                + "\"}}, \"stolenMemory\":"
                + " {\"value\": {\"base\": \"0x7c800000\", \"size\": \"0x4000000\"}}}";
    }
}
