package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.formats.pci.PciId;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.RomFacts.VgaBios;
import igdrom.rom.RomPurpose;
import igdrom.samples.SampleVgaBios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir Path directory;

    private Path rom = Path.of("");

    @BeforeEach
    void build_a_rom() {
        rom = directory.resolve("igd.rom");
        Session built =
                Session.of("build", "--device", "8086:46d1", "--no-gop", "-o", rom.toString());
        assertThat(built.code()).isEqualTo(ExitCode.OK);
    }

    /// Without a host: the directory holds none.
    private Session config(String... more) {
        String[] words = new String[more.length + 4];
        words[0] = "config";
        words[1] = "--root=" + directory;
        words[2] = "--rom=" + rom;
        words[3] = "--color=never";
        System.arraycopy(more, 0, words, 4, more.length);
        return Session.of(words);
    }

    @Test
    void device_comes_from_the_rom_where_the_host_is_not_known() {
        Session session = config("--for=qemu", "--version=11.1.3");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .contains(
                        "# 8086:46d1 (Alder Lake-N) on QEMU 11.1.3, machine pc, UEFI\n",
                        "    -accel kvm \\\n",
                        ",x-igd-legacy-mode=off,x-igd-opregion=on,x-igd-lpc=on,romfile=" + rom);
        assertThat(session.err()).isEmpty();
    }

    @Test
    void refusal_is_one_line_on_standard_error_and_exit_1() {
        assertThat(config("--for=qemu", "--version=7.2"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO,
                                "QEMU below 9.2 writes the base of stolen memory to register 5C"
                                    + " only, and this generation has it at C0: use QEMU 10.0 or"
                                    + " newer"));
        assertThat(config("--for=qemu", "--version=11.1", "--device=8086:3e92").err())
                .isEqualTo(
                        "igdrom: "
                                + rom
                                + " is for 8086:46d1, not for 8086:3e92 (igdrom build makes"
                                + " one)\n");
    }

    @Test
    void json_has_each_part_and_the_options() {
        Session session = config("--for=proxmox", "--version=9", "--json");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .startsWith(
                        "{\"schema\":1,\"hypervisor\":\"proxmox\",\"device\":\"8086:46d1\","
                                + "\"machine\":\"pc\",\"firmware\":\"uefi\"")
                .contains("\"options\":{\"x-igd-legacy-mode\":\"off\"")
                .contains("\"path\":\"/var/lib/vz/snippets/igdrom-hook.sh\",\"executable\":true");
        Session refused = config("--for=proxmox", "--version=7", "--json");
        assertThat(refused.code()).isEqualTo(ExitCode.NO);
        assertThat(refused.out()).contains("\"hypervisor\":null", "\"exitCode\":1}");
    }

    @Test
    void option_that_names_no_hypervisor_is_a_usage_error() {
        Session session = config("--for=xen");
        assertThat(session.code()).isEqualTo(ExitCode.USAGE);
        assertThat(session.err()).contains("'xen' is not qemu, libvirt, proxmox or bhyve");
        assertThat(config().err()).contains("--for");
        assertThat(config("--for=qemu", "--version=new").err())
                .contains("\"new\" is not a version such as 10.0.2");
    }

    @Test
    void rom_says_what_it_is_for() throws IOException {
        RomFacts facts = RomPurpose.read(Image.load(rom), "igd.rom");
        assertThat(facts.ids()).containsExactly(PciId.intel(0x46d1));
        assertThat(facts.builtFor().deviceId()).isEqualTo(0x46d1);
        assertThat(facts.uefi()).isTrue();
        assertThat(facts.gop()).isFalse();
        assertThat(facts.vgaBios()).isEqualTo(VgaBios.NONE);
        Path file = directory.resolve("vbios.rom");
        Files.write(file, SampleVgaBios.of(PciId.intel(0x0166), 0xbba0_0000L).raw().toByteArray());
        facts = RomPurpose.read(Image.load(file), "vbios.rom");
        assertThat(facts.vgaBios()).isEqualTo(VgaBios.STALE);
        assertThat(facts.uefi()).isFalse();
    }

    @Test
    void file_that_is_no_rom_is_malformed() throws IOException {
        Path file = Files.writeString(directory.resolve("text"), "no ROM at all");
        Session session =
                Session.of("config", "--for=qemu", "--root=" + directory, "--rom=" + file);
        assertThat(session.code()).isEqualTo(ExitCode.MALFORMED);
    }
}
