package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.formats.pci.PciId;
import igdrom.samples.SampleGop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    private static final String YES = "yes: this host can hand its IGD to a guest\n";

    @TempDir private Path directory;

    @Test
    void exit_code_is_0_only_when_the_verdict_is_yes() throws IOException {
        assertThat(doctor("made-cfl").code()).isEqualTo(ExitCode.OK);
        assertThat(doctor("made-no-igd").code()).isEqualTo(ExitCode.NO);
        assertThat(doctor("made-vm").code()).isEqualTo(ExitCode.NO);
    }

    @Test
    void warnings_alone_never_change_the_exit_code() throws IOException {
        Session session = doctor("made-cfl-pve8", "-q");
        assertThat(session.out()).contains("  ! vfio-pci").endsWith("\n" + YES);
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.err()).isEmpty();
    }

    @Test
    void quiet_text_of_a_host_in_good_order_is_the_verdict() throws IOException {
        assertThat(doctor("made-cfl", "--quiet").out())
                .isEqualTo("this host: 8086:3e98, Coffee Lake, UHD Graphics 630\n\n" + YES);
    }

    @Test
    void page_has_the_verdict_the_checks_and_nothing_to_load() throws IOException {
        Path page = directory.resolve("host.html");
        Session session = doctor("made-cfl-pve8", "--html", page.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).endsWith("sudo igdrom build --host --no-gop -o igd.rom\n");
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains(">YES</p>", "disable_vga is set, as some guides", "<title>this host")
                .doesNotContain("<script", "http://", "https://");
        Session again = doctor("made-cfl", "--html", page.toString());
        assertThat(again)
                .isEqualTo(Session.failed(ExitCode.USAGE, page + " exists (--force replaces it)"));
    }

    @Test
    void recorded_host_is_judged_like_the_host_itself() throws IOException {
        Path tree = made("made-cfl-pve9");
        Path snapshot = directory.resolve("host.json");
        assertThat(
                        Session.of("snapshot", "--root", tree.toString(), "-o", snapshot.toString())
                                .code())
                .isEqualTo(ExitCode.OK);
        String live = Session.of("doctor", "-q", "--root", tree.toString()).out();
        String recorded = Session.of("doctor", "-q", "--snapshot", snapshot.toString()).out();
        assertThat(recorded.replace(snapshot.toString(), "this host")).isEqualTo(live);
    }

    @Test
    void firmware_image_answers_whether_there_is_a_gop() throws IOException {
        Path image = directory.resolve("bios.bin");
        write(image, SampleGop.driver(9, 0, 1080, List.of(PciId.intel(0x3e98))).raw());
        Path tree = made("made-ivb-legacy");
        Session other =
                Session.of("doctor", "--root", tree.toString(), "--firmware", image.toString());
        assertThat(other.out())
                .contains("the firmware image has GOP 9.0.1080, which does not list 8086:0156")
                .contains("picture before the OS  no: no GOP for the IGD");
        write(image, SampleGop.driver(3, 0, 1030, List.of(PciId.intel(0x0156))).raw());
        Session own =
                Session.of("doctor", "--root", tree.toString(), "--firmware", image.toString());
        assertThat(own.out())
                .contains("the firmware image has GOP 3.0.1030, which lists 8086:0156")
                .contains("UEFI GOP               yes (seen)");
        assertThat(own.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void rom_whose_gop_does_not_list_the_igd_is_a_no() throws IOException {
        Session session = withRom(List.of(PciId.intel(0x46d1)));
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        assertThat(session.out())
                .contains("  ✗ rom")
                .contains("igd.rom has defects\n")
                .contains(YES);
    }

    @Test
    void rom_for_another_device_whose_gop_lists_the_igd_is_a_warning() throws IOException {
        Session session = withRom(List.of(PciId.intel(0x3e98), PciId.intel(0x46d1)));
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).contains("  ! rom").contains("not for 8086:3e98");
    }

    /// The host made-cfl with a ROM for 8086:46d1.
    private Session withRom(List<PciId> listed) throws IOException {
        Path gop = directory.resolve("gop.efi");
        write(gop, SampleGop.driver(21, 0, 1066, listed).raw());
        Path rom = directory.resolve("igd.rom");
        Session built =
                Session.of(
                        "build",
                        "--device",
                        "8086:46d1",
                        "--gop",
                        gop.toString(),
                        "-o",
                        rom.toString());
        assertThat(built.code()).as(built.err()).isEqualTo(ExitCode.OK);
        return Session.of("doctor", "--root", made("made-cfl").toString(), "--rom", rom.toString());
    }

    @Test
    void json_is_one_object_with_the_verdict() throws IOException {
        Session session = doctor("made-cfl", "--json");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.err()).isEmpty();
        assertThat(session.out().lines()).hasSize(1);
        assertThat(session.out())
                .startsWith("{\"schema\":1,\"source\":\"machine\"")
                .contains("\"verdict\":\"yes\"")
                .contains("{\"id\":\"iommu\",\"state\":\"ok\"");
    }

    @Test
    void texts_without_facts_and_missing_files_are_refused() throws IOException {
        Path texts = Files.createDirectory(directory.resolve("pasted"));
        Files.writeString(texts.resolve("note.txt"), "it does not work\n");
        Session empty = Session.of("doctor", "--from", texts.toString());
        assertThat(empty.code()).isEqualTo(ExitCode.NO);
        assertThat(empty.err()).contains("contains no facts about a host");
        Path missing = directory.resolve("missing");
        assertThat(Session.of("doctor", "--snapshot", missing.toString()).code())
                .isEqualTo(ExitCode.MACHINE);
        assertThat(Session.of("doctor", "--root", missing.toString()).code())
                .isEqualTo(ExitCode.MACHINE);
        Path malformed = Files.writeString(directory.resolve("host.json"), "{\"schema\":");
        assertThat(Session.of("doctor", "--snapshot", malformed.toString()).code())
                .isEqualTo(ExitCode.MALFORMED);
    }

    @Test
    void file_among_texts_that_says_nothing_is_named() throws IOException {
        Path texts = Files.createDirectory(directory.resolve("pasted"));
        Files.copy(
                MadeTree.MACHINES.resolve("framework-13-mtl/lspci.txt"),
                texts.resolve("lspci.txt"));
        Files.writeString(texts.resolve("note.txt"), "it does not work\n");
        Session session = Session.of("doctor", "--from", texts.toString());
        assertThat(session.out())
                .contains("  ! file           note.txt: holds no facts about a host\n");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void only_one_source_of_facts_can_be_named() {
        assertThat(Session.of("doctor", "--from", "a", "--snapshot", "b").code())
                .isEqualTo(ExitCode.USAGE);
    }

    private Path made(String name) throws IOException {
        Path tree = directory.resolve("tree");
        MadeTree.make(tree, "made-cfl", name);
        return tree;
    }

    private Session doctor(String name, String... options) throws IOException {
        Path tree = directory.resolve(name);
        MadeTree.make(tree, "made-cfl", name);
        String[] words = new String[options.length + 3];
        words[0] = "doctor";
        words[1] = "--root";
        words[2] = tree.toString();
        System.arraycopy(options, 0, words, 3, options.length);
        return Session.of(words);
    }

    private static void write(Path file, Image image) throws IOException {
        Files.write(file, image.toByteArray());
    }
}
