package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.output.Terminal;
import igdrom.samples.SampleFlash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir Path directory;

    private String demo = "";

    @BeforeEach
    void make_an_image() throws IOException {
        Path file = directory.resolve("demo.bin");
        Files.write(file, SampleFlash.make().toByteArray());
        demo = file.toString();
    }

    @Test
    void inspect_gives_the_answer_first() {
        Session session = Session.of("inspect", demo);
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .isEqualTo(
                        "This BIOS has a GOP: 21.0.1066 for Alder Lake-N\n"
                                + demo
                                + ": SPI flash with Intel descriptor, 1 MiB\n"
                                + "  GOP      21.0.1066, X64, 960 bytes, for Alder Lake-N\n"
                                + "  VBT      ALDERLAKE-P, BDB 250, 1.5 KiB\n"
                                + "  VGA BIOS 512 bytes, for 8086:46d0\n");
        assertThat(Session.of("inspect", "--device", "46d1", demo).out())
                .startsWith("YES: this BIOS has a GOP for 8086:46d1 (Alder Lake-N): 21.0.1066\n");
        assertThat(Session.of("inspect", "--json", "--device", "46d1", demo).out())
                .contains(
                        "\"answer\":{\"device\":\"8086:46d1\",\"yes\":true,\"statement\":\"this"
                                + " BIOS has a GOP for 8086:46d1 (Alder Lake-N): 21.0.1066\","
                                + "\"remedies\":[]}");
    }

    @Test
    void inspect_gives_the_reason_why_no_gop_supports_a_device() {
        Session session = Session.of("inspect", "--device", "8086:46d4", demo);
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        assertThat(session.out())
                .startsWith(
                        "NO, because its GOP 21.0.1066 does not list 46d4, only 46d0, 46d1 and"
                                + " 46d2; try a newer BIOS of the board\n");
    }

    @Test
    void named_processor_stands_for_its_gpu_and_the_user_is_told_which() {
        Session named = Session.of("inspect", "--device", "N100", demo);
        assertThat(named)
                .isEqualTo(
                        new Session(
                                ExitCode.OK,
                                Session.of("inspect", "--device", "46d1", demo).out(),
                                "note: N100: the GPU is 8086:46d1 (seen on 4 machines; lspci -nn"
                                        + " -s 02.0 shows yours)\n"));
    }

    @Test
    void inspect_fits_a_narrow_terminal_without_unicode() {
        Terminal narrow = new Terminal(true, false, 60, StandardCharsets.US_ASCII, true);
        Session session = Session.of(narrow, "inspect", "--color=never", "--all", demo);
        String tree = session.out().substring(session.out().indexOf("\n\n"));
        assertThat(tree).contains("`- ").matches("\\p{ASCII}*");
        assertThat(tree.lines()).allMatch(line -> line.length() <= 60);
        assertThat(Session.of(narrow, "inspect", "--color=never", demo).out().lines())
                .allMatch(line -> line.length() <= 60 || !line.contains(" "));
    }

    @Test
    void inspect_of_several_files_keeps_their_order() throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.copy(Path.of(demo), directory.resolve("copy-" + (char) ('a' + i)));
        }
        Session session = Session.of("inspect", "--recursive", directory.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        List<String> heads =
                session.out()
                        .lines()
                        .filter(line -> line.startsWith(directory.toString()))
                        .toList();
        assertThat(heads).hasSize(21).isSorted();
    }

    @Test
    void json_of_several_files_is_one_object_that_contains_their_errors() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));
        Path missing = directory.resolve("missing");
        Session session =
                Session.of("inspect", "--json", demo, empty.toString(), missing.toString());
        assertThat(session.code()).isEqualTo(ExitCode.MACHINE);
        assertThat(session.out())
                .startsWith("{\"schema\":1,\"files\":[{\"file\":\"" + demo + "\",\"size\":1048576,")
                .endsWith(
                        "},{\"file\":\""
                                + empty
                                + "\",\"error\":\"empty +0x0: the file is empty\",\"exitCode\":3},"
                                + "{\"file\":\""
                                + missing
                                + "\",\"error\":\""
                                + missing
                                + ": no such file\",\"exitCode\":4}]}\n");
        assertThat(session.err())
                .isEqualTo(
                        "igdrom: empty +0x0: the file is empty\nigdrom: "
                                + missing
                                + ": no such file\n");
    }

    @Test
    void unreadable_file_is_refused_with_its_own_exit_code() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "nothing of the kind");
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        assertThat(Session.of("inspect", directory.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                directory
                                        + ": is a directory (--recursive reads the files in it)"));
        assertThat(Session.of("inspect", directory.resolve("gone").toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MACHINE,
                                directory.resolve("gone: no such file").toString()));
        assertThat(Session.of("inspect", loop.toString()))
                .isEqualTo(Session.failed(ExitCode.MACHINE, loop + ": dangling symbolic link"));
        assertThat(Session.of("inspect", "/dev/null"))
                .isEqualTo(Session.failed(ExitCode.MACHINE, "/dev/null: not a regular file"));
        assertThat(Session.of("inspect", text.toString()).code()).isEqualTo(ExitCode.NO);
        assertThat(Session.of("inspect").code()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("inspect", "--device", "intel", demo))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                "invalid value for option '--device': \"intel\" is not a PCI id"
                                        + " like 8086:46d4 or, with its revision, 8086:46d4:0c"
                                        + " (lspci -nn -s 02.0 shows both), nor a processor like"
                                        + " N100 (see: igdrom help inspect)"));
    }

    @Test
    void unencodable_name_fails_only_that_file() {
        String gone = directory.resolve("gone\ufffd").toString();
        Path out = directory.resolve("out");
        Session session = Session.of("extract", "--vbt", "a\0b", gone, demo, "-o", out.toString());
        assertThat(session)
                .isEqualTo(
                        new Session(
                                ExitCode.MACHINE,
                                out.resolve("demo.bin/vbt-alderlake-p.bin") + "\n",
                                "igdrom: a\\x00b: the locale's charset cannot encode this name"
                                        + " (set LC_ALL=C.UTF-8)\nigdrom: "
                                        + gone
                                        + ": no such file, or its name is not UTF-8: rename it\n"));
        assertThat(Session.of("extract", demo, "-o", "a\0b"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MACHINE,
                                "a\\x00b: the locale's charset cannot encode this name (set"
                                        + " LC_ALL=C.UTF-8)"));
    }

    @Test
    void replacement_character_is_kept_out_of_directory_names() throws IOException {
        Path bad = directory.resolve("\ufffd\ufffd.bin");
        Files.copy(Path.of(demo), bad);
        Path out = directory.resolve("out");
        Session.of("extract", demo, bad.toString(), "-o", out.toString());
        assertThat(names(out)).containsExactly("__.bin", "demo.bin");
    }

    @Test
    void extract_writes_the_artifacts_and_a_manifest() throws IOException {
        Path out = directory.resolve("out");
        Session session = Session.of("extract", demo, "-o", out.toString());
        assertThat(session)
                .isEqualTo(
                        new Session(
                                ExitCode.OK,
                                out.resolve("gop-21.0.1066-x64.efi")
                                        + "\n"
                                        + out.resolve("vbt-alderlake-p.bin")
                                        + "\n"
                                        + out.resolve("vbios-8086-46d0.rom")
                                        + "\n",
                                ""));
        assertThat(names(out))
                .containsExactly(
                        "gop-21.0.1066-x64.efi",
                        "manifest.json",
                        "vbios-8086-46d0.rom",
                        "vbt-alderlake-p.bin");
        Image gop = Image.load(out.resolve("gop-21.0.1066-x64.efi"));
        assertThat(Files.readString(out.resolve("manifest.json")))
                .startsWith(
                        "{\"schema\":1,\"file\":\""
                                + demo
                                + "\",\"size\":1048576,\"sha256\":\""
                                + Image.load(Path.of(demo)).sha256()
                                + "\",\"kind\":\"")
                .contains("\"gops\":[{\"sha256\":\"" + gop.sha256() + "\"")
                .contains("\"output\":\"gop-21.0.1066-x64.efi\"")
                .contains("\"version\":{\"major\":21,\"minor\":0,\"build\":1066}")
                .contains("\"deviceIds\":[\"8086:46d0\",\"8086:46d1\",\"8086:46d2\"]");
    }

    @Test
    void extract_replaces_nothing_unless_forced() throws IOException {
        Path out = Files.createDirectory(directory.resolve("out"));
        Path manifest = Files.writeString(out.resolve("manifest.json"), "mine");
        assertThat(Session.of("extract", demo, "-o", out.toString()))
                .isEqualTo(
                        Session.failed(ExitCode.USAGE, manifest + " exists (--force replaces it)"));
        assertThat(names(out)).containsExactly("manifest.json");
        assertThat(manifest).hasContent("mine");
        assertThat(Session.of("extract", "--force", demo, "-o", out.toString()).code())
                .isEqualTo(ExitCode.OK);
        assertThat(names(out)).hasSize(4);
    }

    @Test
    void extract_writes_only_what_options_select() throws IOException {
        Path out = directory.resolve("out");
        Session.of("extract", "--vbt", demo, "-o", out.toString());
        assertThat(names(out)).containsExactly("manifest.json", "vbt-alderlake-p.bin");
        Path none = directory.resolve("none");
        assertThat(Session.of("extract", "--gop", "-d", "8086:46d4", demo, "-o", none.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO,
                                demo
                                        + ": nothing to extract, 21.0.1066 does not list 46d4, only"
                                        + " 46d0, 46d1 and 46d2"));
        assertThat(none).doesNotExist();
    }

    @Test
    void extract_without_a_gop_for_the_device_answers_no_and_writes_the_rest() {
        Path out = directory.resolve("out");
        assertThat(Session.of("extract", "-d", "8086:46d4", demo, "-o", out.toString()))
                .isEqualTo(
                        new Session(
                                ExitCode.NO,
                                out.resolve("vbt-alderlake-p.bin")
                                        + "\n"
                                        + out.resolve("vbios-8086-46d0.rom")
                                        + "\n",
                                "igdrom: "
                                        + demo
                                        + ": no GOP for 8086:46d4, 21.0.1066 does not list 46d4,"
                                        + " only 46d0, 46d1 and 46d2\n"));
        String vbt = out.resolve("vbt-alderlake-p.bin").toString();
        Path other = directory.resolve("other");
        assertThat(Session.of("extract", "-d", "8086:46d4", vbt, "-o", other.toString()))
                .isEqualTo(
                        new Session(
                                ExitCode.NO,
                                other.resolve("vbt-alderlake-p.bin") + "\n",
                                "igdrom: " + vbt + ": no GOP for 8086:46d4\n"));
        String again = other.toString();
        assertThat(
                        Session.of("extract", "-f", "--vbt", "-d", "8086:46d4", demo, "-o", again)
                                .code())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void extract_of_several_files_makes_a_directory_for_each() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other")).resolve("demo.bin");
        Files.copy(Path.of(demo), other);
        Path out = directory.resolve("out");
        Session session =
                Session.of("extract", "--gop", demo, other.toString(), "-o", out.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(names(out)).containsExactly("demo.bin", "demo.bin-2");
        assertThat(names(out.resolve("demo.bin-2")))
                .containsExactly("gop-21.0.1066-x64.efi", "manifest.json");
    }

    @Test
    void extract_makes_distinct_directories_for_files_of_equal_names() throws IOException {
        String[] files = new String[5];
        for (int i = 0; i < 3; i++) {
            Path file = directory.resolve(i + "/" + (i < 2 ? "demo.bin" : "demo.bin-2"));
            Files.copy(Path.of(demo), Files.createDirectories(file.getParent()).resolve(file));
            files[i] = file.toString();
        }
        files[3] = files[0];
        files[4] = files[0];
        Path out = directory.resolve("out");
        List<String> line = new ArrayList<>(List.of("extract", "--vbt", "-o", out.toString()));
        line.addAll(List.of(files));
        List<String> directories =
                List.of("demo.bin", "demo.bin-2", "demo.bin-2-2", "demo.bin-3", "demo.bin-4");
        List<String> written = new ArrayList<>();
        for (String name : directories) {
            written.add(out.resolve(name + "/vbt-alderlake-p.bin") + "\n");
        }
        assertThat(Session.of(line.toArray(new String[0])))
                .isEqualTo(new Session(ExitCode.OK, String.join("\n", written), ""));
        assertThat(names(out)).containsExactlyElementsOf(directories);
        for (int i = 0; i < directories.size(); i++) {
            assertThat(Files.readString(out.resolve(directories.get(i) + "/manifest.json")))
                    .startsWith("{\"schema\":1,\"file\":\"" + files[i] + "\",");
        }
    }

    @Test
    void extract_checks_every_file_before_it_writes_one() throws IOException {
        Path out = Files.createDirectory(directory.resolve("out"));
        Path manifest = Files.createDirectory(out.resolve("manifest.json"));
        assertThat(Session.of("extract", "--force", demo, "-o", out.toString()))
                .isEqualTo(Session.failed(ExitCode.USAGE, manifest + " is a directory"));
        assertThat(names(out)).containsExactly("manifest.json");
    }

    @Test
    void extract_does_not_replace_an_input() throws IOException {
        Path out = directory.resolve("out");
        Session.of("extract", demo, "-o", out.toString());
        String gop = out.resolve("gop-21.0.1066-x64.efi").toString();
        byte[] manifest = Files.readAllBytes(out.resolve("manifest.json"));
        assertThat(Session.of("extract", "--force", gop, "-o", out.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE, gop + " is an input: --force does not replace it"));
        assertThat(out.resolve("manifest.json")).hasBinaryContent(manifest);
    }

    @Test
    void extract_of_several_files_into_their_own_directory_is_wrong_usage() {
        assertThat(Session.of("extract", demo, demo, "-o", directory.toString()))
                .isEqualTo(
                        new Session(
                                ExitCode.USAGE,
                                directory.resolve("demo.bin-2/gop-21.0.1066-x64.efi")
                                        + "\n"
                                        + directory.resolve("demo.bin-2/vbt-alderlake-p.bin")
                                        + "\n"
                                        + directory.resolve("demo.bin-2/vbios-8086-46d0.rom")
                                        + "\n",
                                "igdrom: " + demo + " exists and is not a directory\n"));
    }

    @Test
    void extract_into_a_file_fails_in_one_line() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Session session = Session.of("extract", demo, "-o", file.toString());
        assertThat(session)
                .isEqualTo(Session.failed(ExitCode.USAGE, file + " exists and is not a directory"));
        assertThat(Session.of("extract", demo, "-o", file + "/below"))
                .isEqualTo(Session.failed(ExitCode.MACHINE, file + "/below: Not a directory"));
    }

    @Test
    void vbt_show_describes_the_outputs() {
        Session session = Session.of("vbt", "show", demo);
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .startsWith("VBT ALDERLAKE-P, BDB 250, ")
                .contains("\n  output 1  eDP-A   eDP on port A")
                .contains("1920x1080@60")
                .contains("\n  output 2  HDMI-B  HDMI on port B, DDC pin 2\n");
        assertThat(Session.of("vbt", "show", "--json", demo).out())
                .startsWith("{\"schema\":1,\"files\":[{\"file\":\"" + demo + "\",")
                .contains("\"outputs\":[{\"name\":\"eDP-A\",\"kind\":\"eDP\",");
    }

    @Test
    void demo_runs_the_commands_and_removes_its_files() throws IOException {
        Session session = Session.of("demo", "--no-test");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .contains("\n$ igdrom inspect --device 8086:46d1 ", "\nYES: ")
                .contains("\n$ igdrom extract ")
                .contains("\n$ igdrom vbt show ")
                .contains("\n$ igdrom build ")
                .contains("\n$ igdrom verify ")
                .doesNotContain("$ igdrom test");
        // Each command follows a sentence that explains it.
        assertThat(session.out().lines().filter(line -> line.startsWith("$ igdrom ")).count())
                .isEqualTo(
                        session.out()
                                .lines()
                                .filter(line -> line.matches("\\d\\. .*[.?]"))
                                .count());
        String image = session.out().replaceAll("(?s).* --device 8086:46d1 (\\S+).*", "$1");
        assertThat(Path.of(image).getParent()).doesNotExist();
        Path kept = directory.resolve("kept");
        assertThat(Session.of("demo", "--no-test", "-o", kept.toString()).code())
                .isEqualTo(ExitCode.OK);
        assertThat(names(kept)).containsExactly("demo.bin", "igd.rom", "parts");
        assertThat(Session.of("demo", "--no-test", "-o", kept.toString()).code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("demo", "--no-test", "-f", "-o", kept.toString()).code())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void demo_goes_the_same_way_with_the_image_of_the_user() throws IOException {
        assertThat(Session.of("demo", "--no-test", "--firmware", demo))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                "--firmware needs --device (see: igdrom help demo)"));
        Path kept = directory.resolve("own");
        Session session =
                Session.of(
                        "demo",
                        "--no-test",
                        "--firmware",
                        demo,
                        "--device",
                        "N100",
                        "-o",
                        kept.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .contains("\n$ igdrom build --device 8086:46d1 --firmware " + demo);
        assertThat(names(kept)).containsExactly("igd.rom");
        Session other =
                Session.of("demo", "--no-test", "--firmware", demo, "--device", "8086:3e92");
        assertThat(other.code()).isEqualTo(ExitCode.NO);
        assertThat(other.out())
                .endsWith("This step said no, so the demo ends here.\n")
                .doesNotContain("$ igdrom build");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            List<String> names = new ArrayList<>();
            all.forEach(path -> names.add(directory.relativize(path).toString()));
            return names.stream().sorted().toList();
        }
    }
}
