package igdrom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import igdrom.bytes.Image;
import igdrom.samples.SampleFlash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir Path folder;

    private String demo = "";

    @BeforeEach
    void make_an_image() throws IOException {
        Path file = folder.resolve("demo.bin");
        Files.write(file, SampleFlash.make().toByteArray());
        demo = file.toString();
    }

    @Test
    void inspect_gives_the_answer_first() {
        Session session = Session.of("inspect", demo);
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.err()).isEmpty();
        List<String> lines = session.out().lines().toList();
        assertThat(lines.getFirst()).isEqualTo(demo + ": SPI flash with Intel descriptor, 1 MiB");
        assertThat(lines.get(1)).startsWith("  GOP      21.0.1066, X64, ");
        assertThat(lines)
                .contains("           graphics of Alder Lake-N, Twin Lake")
                .contains("           for 8086:46d0 8086:46d1 8086:46d2");
        assertThat(session.out()).contains("\n  VBT      ALDERLAKE-P, BDB 250, ");
        assertThat(session.out()).contains("\n  VGA BIOS 512 bytes\n");
        assertThat(session.out()).contains("├─ ").doesNotContain("\033[");
    }

    @Test
    void inspect_says_why_no_gop_is_for_a_device() {
        Session session = Session.of("inspect", "--device", "8086:46d4", demo);
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        assertThat(session.out())
                .contains("no for 8086:46d4: 21.0.1066 lists 46d0, 46d1, 46d2, not 46d4\n");
    }

    @Test
    void inspect_fits_a_narrow_terminal_without_unicode() {
        Terminal narrow = new Terminal(true, false, 60, StandardCharsets.US_ASCII, true);
        Session session = Session.of(narrow, "inspect", "--color=never", demo);
        String tree = session.out().substring(session.out().indexOf("\n\n"));
        assertThat(tree).contains("`- ").matches("\\p{ASCII}*");
        assertThat(tree.lines()).allMatch(line -> line.length() <= 76);
    }

    @Test
    void inspect_of_several_files_is_in_their_order() throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.copy(Path.of(demo), folder.resolve("copy-" + (char) ('a' + i)));
        }
        Session session = Session.of("inspect", "--recursive", folder.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        List<String> heads =
                session.out().lines().filter(line -> line.startsWith(folder.toString())).toList();
        assertThat(heads).hasSize(21).isSorted();
    }

    @Test
    void json_of_several_files_is_one_object_with_their_errors_in_it() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path missing = folder.resolve("missing");
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
    void what_cannot_be_read_is_refused_with_its_own_exit_code() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "nothing of the kind");
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        assertThat(Session.of("inspect", folder.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                folder + ": is a folder (--recursive reads what is in it)"));
        assertThat(Session.of("inspect", folder.resolve("gone").toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MACHINE, folder.resolve("gone: no such file").toString()));
        assertThat(Session.of("inspect", loop.toString()))
                .isEqualTo(
                        Session.failed(ExitCode.MACHINE, loop + ": is a link that leads nowhere"));
        assertThat(Session.of("inspect", "/dev/null"))
                .isEqualTo(Session.failed(ExitCode.MACHINE, "/dev/null: is not a regular file"));
        assertThat(Session.of("inspect", text.toString()).code()).isEqualTo(ExitCode.NO);
        assertThat(Session.of("inspect").code()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("inspect", "--device", "intel", demo))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                "--device: \"intel\" is not a PCI id like 8086:46d4 (lspci -nn"
                                        + " shows it)"));
    }

    @Test
    void name_that_is_none_is_the_failure_of_one_file() {
        String gone = folder.resolve("gone\ufffd").toString();
        Path out = folder.resolve("out");
        Session session = Session.of("extract", "--vbt", "a\0b", gone, demo, "-o", out.toString());
        assertThat(session)
                .isEqualTo(
                        new Session(
                                ExitCode.MACHINE,
                                out.resolve("demo.bin/vbt-alderlake-p.bin") + "\n",
                                "igdrom: a\\x00b: the locale's charset has no such name"
                                        + " (LC_ALL=C.UTF-8 has every one)\nigdrom: "
                                        + gone
                                        + ": no such file, or its name is no UTF-8 and cannot be"
                                        + " given: rename it\n"));
        assertThat(Session.of("extract", demo, "-o", "a\0b"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MACHINE,
                                "a\\x00b: the locale's charset has no such name"
                                        + " (LC_ALL=C.UTF-8 has every one)"));
    }

    @Test
    void what_stands_for_no_character_is_not_in_the_name_of_a_folder() throws IOException {
        Path bad = folder.resolve("\ufffd\ufffd.bin");
        Files.copy(Path.of(demo), bad);
        Path out = folder.resolve("out");
        Session.of("extract", demo, bad.toString(), "-o", out.toString());
        assertThat(names(out)).containsExactly("__.bin", "demo.bin");
    }

    @Test
    void file_that_may_not_be_seen_is_not_called_missing() {
        Path file = folder.resolve("file");
        assertThat(Inputs.unreadable(file, new AccessDeniedException(file.toString())))
                .isEqualTo("permission denied");
        assertThat(Inputs.unreadable(file, new NoSuchFileException(file.toString())))
                .isEqualTo("no such file");
    }

    @Test
    void extract_writes_what_inspect_found_and_says_so_in_the_manifest() throws IOException {
        Path out = folder.resolve("out");
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
                .contains("\"gop\":[{\"sha256\":\"" + gop.sha256() + "\"")
                .contains("\"output\":\"gop-21.0.1066-x64.efi\"")
                .contains("\"version\":{\"major\":21,\"minor\":0,\"build\":1066}")
                .contains("\"deviceIds\":[\"8086:46d0\",\"8086:46d1\",\"8086:46d2\"]");
    }

    @Test
    void extract_replaces_nothing_unless_forced() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
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
    void extract_narrows_to_what_is_asked_for() throws IOException {
        Path out = folder.resolve("out");
        Session.of("extract", "--vbt", demo, "-o", out.toString());
        assertThat(names(out)).containsExactly("manifest.json", "vbt-alderlake-p.bin");
        Path none = folder.resolve("none");
        assertThat(Session.of("extract", "--gop", "-d", "8086:46d4", demo, "-o", none.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO,
                                demo
                                        + ": nothing to extract, 21.0.1066 lists 46d0, 46d1, 46d2,"
                                        + " not 46d4"));
        assertThat(none).doesNotExist();
    }

    @Test
    void extract_of_what_has_no_gop_for_the_device_says_no_whatever_else_it_writes() {
        Path out = folder.resolve("out");
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
                                        + ": no GOP for 8086:46d4, 21.0.1066 lists 46d0, 46d1,"
                                        + " 46d2, not 46d4\n"));
        String vbt = out.resolve("vbt-alderlake-p.bin").toString();
        Path other = folder.resolve("other");
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
    void extract_of_several_files_has_a_folder_for_each() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other")).resolve("demo.bin");
        Files.copy(Path.of(demo), other);
        Path out = folder.resolve("out");
        Session session =
                Session.of("extract", "--gop", demo, other.toString(), "-o", out.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(names(out)).containsExactly("demo.bin", "demo.bin-2");
        assertThat(names(out.resolve("demo.bin-2")))
                .containsExactly("gop-21.0.1066-x64.efi", "manifest.json");
    }

    @Test
    void extract_has_a_folder_for_each_file_whatever_they_are_called() throws IOException {
        String[] files = new String[5];
        for (int i = 0; i < 3; i++) {
            Path file = folder.resolve(i + "/" + (i < 2 ? "demo.bin" : "demo.bin-2"));
            Files.copy(Path.of(demo), Files.createDirectories(file.getParent()).resolve(file));
            files[i] = file.toString();
        }
        files[3] = files[0];
        files[4] = files[0];
        Path out = folder.resolve("out");
        List<String> line = new ArrayList<>(List.of("extract", "--vbt", "-o", out.toString()));
        line.addAll(List.of(files));
        List<String> folders =
                List.of("demo.bin", "demo.bin-2", "demo.bin-2-2", "demo.bin-3", "demo.bin-4");
        List<String> written = new ArrayList<>();
        for (String name : folders) {
            written.add(out.resolve(name + "/vbt-alderlake-p.bin") + "\n");
        }
        assertThat(Session.of(line.toArray(new String[0])))
                .isEqualTo(new Session(ExitCode.OK, String.join("\n", written), ""));
        assertThat(names(out)).containsExactlyElementsOf(folders);
        for (int i = 0; i < folders.size(); i++) {
            assertThat(Files.readString(out.resolve(folders.get(i) + "/manifest.json")))
                    .startsWith("{\"schema\":1,\"file\":\"" + files[i] + "\",");
        }
    }

    @Test
    void free_names_are_counted_on_and_not_from_the_start() {
        FreeNames names = new FreeNames("taken");
        assertThat(names.take("taken", "")).isEqualTo("taken-2");
        assertThat(names.take("a-2", ".bin")).isEqualTo("a-2.bin");
        assertThat(names.take("a", ".bin")).isEqualTo("a.bin");
        assertThat(names.take("a", ".bin")).isEqualTo("a-3.bin");
        assertThat(names.take("a-2", ".bin")).isEqualTo("a-2-2.bin");
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    for (int i = 4; i < 200_000; i++) {
                        assertThat(names.take("a", ".bin")).isEqualTo("a-" + i + ".bin");
                    }
                });
    }

    @Test
    void extract_checks_every_file_before_it_writes_one() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path manifest = Files.createDirectory(out.resolve("manifest.json"));
        assertThat(Session.of("extract", "--force", demo, "-o", out.toString()))
                .isEqualTo(Session.failed(ExitCode.USAGE, manifest + " is a folder"));
        assertThat(names(out)).containsExactly("manifest.json");
    }

    @Test
    void extract_does_not_replace_what_it_reads() throws IOException {
        Path out = folder.resolve("out");
        Session.of("extract", demo, "-o", out.toString());
        String gop = out.resolve("gop-21.0.1066-x64.efi").toString();
        byte[] manifest = Files.readAllBytes(out.resolve("manifest.json"));
        assertThat(Session.of("extract", "--force", gop, "-o", out.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                gop + " is one of the files to read: --force does not replace it"));
        assertThat(out.resolve("manifest.json")).hasBinaryContent(manifest);
    }

    @Test
    void extract_of_several_files_into_their_own_folder_is_wrong_usage() {
        assertThat(Session.of("extract", demo, demo, "-o", folder.toString()))
                .isEqualTo(
                        new Session(
                                ExitCode.USAGE,
                                folder.resolve("demo.bin-2/gop-21.0.1066-x64.efi")
                                        + "\n"
                                        + folder.resolve("demo.bin-2/vbt-alderlake-p.bin")
                                        + "\n"
                                        + folder.resolve("demo.bin-2/vbios-8086-46d0.rom")
                                        + "\n",
                                "igdrom: "
                                        + demo
                                        + " is there already and is no folder (-o names another"
                                        + " place)\n"));
    }

    @Test
    void extract_into_what_is_no_folder_fails_in_one_line() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Session session = Session.of("extract", demo, "-o", file.toString());
        assertThat(session)
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                file
                                        + " is there already and is no folder (-o names another"
                                        + " place)"));
        assertThat(Session.of("extract", demo, "-o", file + "/below"))
                .isEqualTo(Session.failed(ExitCode.MACHINE, file + "/below: Not a directory"));
    }

    @Test
    void vbt_show_says_outputs_in_words() {
        Session session = Session.of("vbt", "show", demo);
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .startsWith("VBT ALDERLAKE-P, BDB 250, ")
                .contains("\n  output 1  eDP on port A")
                .contains("1920x1080@60")
                .contains("\n  output 2  HDMI on port B, DDC pin 2\n");
        assertThat(Session.of("vbt", "show", "--json", demo).out())
                .startsWith("{\"schema\":1,\"file\":\"" + demo + "\",")
                .contains("\"outputs\":[{\"kind\":\"eDP\",");
    }

    @Test
    void demo_shows_the_commands_and_leaves_nothing_behind() throws IOException {
        Session session = Session.of("demo");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .contains("\n$ igdrom inspect --device 8086:46d4 ")
                .contains("\n$ igdrom extract ")
                .contains("\n$ igdrom vbt show ")
                .contains("\n$ igdrom build ")
                .contains("\n$ igdrom verify ");
        String image = session.out().replaceAll("(?s).* --device 8086:46d4 (\\S+).*", "$1");
        assertThat(Path.of(image).getParent()).doesNotExist();
        Path kept = folder.resolve("kept");
        assertThat(Session.of("demo", "-o", kept.toString()).code()).isEqualTo(ExitCode.OK);
        assertThat(names(kept)).containsExactly("demo.bin", "igd.rom", "parts");
        assertThat(Session.of("demo", "-o", kept.toString()).code()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("demo", "-f", "-o", kept.toString()).code()).isEqualTo(ExitCode.OK);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<String> names = new ArrayList<>();
            all.forEach(path -> names.add(folder.relativize(path).toString()));
            return names.stream().sorted().toList();
        }
    }
}
