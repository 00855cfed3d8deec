package igdrom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.plan.Remedy;
import igdrom.plan.RequestField;
import igdrom.plan.host.Fix;
import igdrom.plan.host.HostRemedy;
import igdrom.report.Answer;
import igdrom.report.HostSource;
import igdrom.samples.SampleFlash;
import igdrom.web.browser.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The engine on a JVM: the same answers as the command line.
class EngineTest {
    private final Engine engine = new Engine();

    @TempDir Path directory = Path.of("");

    @Test
    void a_file_is_described_as_on_the_command_line() {
        Path demo = Samples.write(directory, "demo.bin", SampleFlash.make());
        engine.add("demo.bin", SampleFlash.make());
        Message reply =
                answer("{\"do\": \"open\", \"file\": \"demo.bin\", \"device\": \"8086:46d1\"}");
        CommandLine line =
                CommandLine.run("inspect", "--json", "--all", "--device", "46d1", demo.toString());
        assertThat(comparable(reply, "report")).isEqualTo(line.file());
        assertThat(reply.members().get("yes")).isEqualTo(true);
        assertThat(reply.object("form").array("outputs")).hasSize(2);
        assertThat(reply.object("form").array("listed"))
                .isEqualTo(List.of("8086:46d0", "8086:46d1", "8086:46d2"));
        assertThat(reply.object("form").array("devices")).hasSizeGreaterThan(300);
    }

    @Test
    void a_snapshot_has_the_diagnosis_of_the_command_line() {
        Path host = Samples.write(directory, "host.json", Image.ofAscii(Samples.SNAPSHOT));
        engine.add("host.json", Image.ofAscii(Samples.SNAPSHOT));
        Message reply = answer("{\"do\": \"open\", \"file\": \"host.json\"}");
        CommandLine line = CommandLine.run("doctor", "--json", "--snapshot", host.toString());
        assertThat(comparable(reply, "check")).isEqualTo(line.document());
        assertThat(String.valueOf(reply.members().get("checkView")))
                .contains("CANNOT TELL", "8086:46d1, Alder Lake-N", "picture before the OS");
        assertThat(String.valueOf(reply.members().get("view"))).contains("60 MiB of stolen memory");
    }

    @Test
    void every_choice_of_the_form_gives_the_rom_of_its_option() throws IOException {
        compare("");
        compare("\"machine\": \"q35\"", "--machine", "q35");
        compare("\"machine\": \"pc\"", "--machine", "pc");
        compare("\"machine\": \"bhyve\"", "--machine", "bhyve");
        compare("\"pch\": \"8086:5481\"", "--pch", "8086:5481");
        compare("\"uneditedGop\": true", "--no-pch");
        compare("\"withoutGop\": true", "--no-gop");
        compare("\"embedded\": true", "--opregion-source", "embedded");
        compare("\"aslsAlways\": true", "--asls", "always");
        compare("\"disabledOutputs\": [\"HDMI-B\"]", "--disable-output", "HDMI-B");
        compare("\"lidOpen\": false", "--lid", "closed");
        compare("\"docked\": true", "--dock");
        compare("\"compressed\": true", "--compress");
        compare(
                "\"stolenBase\": \"0x7c800000\", \"stolenSize\": \"0x4000000\"",
                "--stolen-base",
                "0x7c800000",
                "--stolen-size",
                "64M");
        compare("\"treatAs\": \"8086:46a6\"", "--treat-as", "8086:46a6");
        compare(
                "\"allowed\": [\"gop-device\", \"vbt-generation\"]",
                "--allow",
                "gop-device,vbt-generation");
    }

    private void compare(String members, String... options) throws IOException {
        Path demo = Samples.write(directory, "demo.bin", SampleFlash.make());
        Path rom = directory.resolve("igd.rom");
        Files.deleteIfExists(rom);
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "build",
                                "--json",
                                "-d",
                                "8086:46d1",
                                "--firmware",
                                demo.toString(),
                                "-o",
                                rom.toString()));
        line.addAll(List.of(options));
        CommandLine build = CommandLine.run(line.toArray(String[]::new));
        engine.add("demo.bin", SampleFlash.make());
        Reply reply =
                engine.answer(
                        "{\"do\": \"build\", \"output\": \"igd.rom\", \"device\": \"8086:46d1\","
                                + " \"parts\": {\"firmware\": \"demo.bin\"}"
                                + (members.isEmpty() ? "}" : ", " + members + "}"));
        assertThat(build.code()).as(build.out()).isEqualTo(ExitCode.OK);
        assertThat(comparable(Message.parse(Engine.print(reply)), "report"))
                .as(members)
                .isEqualTo(build.document());
        assertThat(reply.file()).as(members).isEqualTo(Image.of(Files.readAllBytes(rom)));
    }

    @Test
    void a_refusal_has_the_exit_code_of_the_command_line() {
        Path demo = Samples.write(directory, "demo.bin", SampleFlash.make());
        engine.add("demo.bin", SampleFlash.make());
        Message reply =
                answer(
                        "{\"do\": \"build\", \"output\": \"igd.rom\", \"device\": \"8086:46d4\","
                                + " \"parts\": {\"firmware\": \"demo.bin\"}}");
        CommandLine line =
                CommandLine.run(
                        "build",
                        "--json",
                        "-d",
                        "8086:46d4",
                        "--firmware",
                        demo.toString(),
                        "-o",
                        directory.resolve("igd.rom").toString());
        assertThat(line.code()).isEqualTo(ExitCode.NO);
        assertThat(comparable(reply, "report")).isEqualTo(line.document());
        assertThat(reply.object("report").number("exitCode")).isEqualTo(1);
    }

    @Test
    void malformed_files_are_failures_with_their_exit_code() {
        engine.add("host.json", Image.ofAscii("{\"schema\": 1"));
        Message json = answer("{\"do\": \"open\", \"file\": \"host.json\"}");
        assertThat(json.number("exitCode")).isEqualTo(ExitCode.MALFORMED.number());
        assertThat(json.text("error")).startsWith("host.json: line 1, column 13: not JSON");
        engine.add("x.rom", Image.ofAscii("nothing"));
        Message rom = answer("{\"do\": \"verify\", \"file\": \"x.rom\"}");
        assertThat(rom.number("exitCode")).isEqualTo(ExitCode.MALFORMED.number());
        Message vbt =
                answer(
                        "{\"do\": \"disable\", \"file\": \"x.rom\", \"outputs\": [\"DP-B\"],"
                                + " \"output\": \"y\"}");
        assertThat(vbt.number("exitCode")).isEqualTo(ExitCode.NO.number());
        assertThat(vbt.text("error")).isEqualTo("x.rom: contains no VBT");
        Message part =
                answer(
                        "{\"do\": \"build\", \"output\": \"y\", \"device\": \"8086:46d1\","
                                + " \"parts\": {\"vbt\": \"x.rom\"}}");
        assertThat(part.text("error")).isEqualTo("x.rom contains no VBT");
    }

    @Test
    void invalid_requests_are_refused() {
        assertThat(answer("{\"do\": \"dance\"}").text("error")).contains("do: is not known");
        assertThat(answer("{\"do\": \"verify\", \"device\": \"x\"}").text("error"))
                .contains("is not a PCI id");
        engine.add("demo.bin", SampleFlash.make());
        for (String member :
                List.of(
                        "\"machine\": \"pdp11\"",
                        "\"pch\": \"46\"",
                        "\"stolenBase\": \"0x123\"",
                        "\"stolenBase\": \"1000000\"",
                        "\"allowed\": [\"everything\"]",
                        "\"lidOpen\": 1")) {
            assertThat(
                            answer(
                                            "{\"do\": \"build\", \"output\": \"y\", \"parts\":"
                                                    + " {\"firmware\": \"demo.bin\"}, "
                                                    + member
                                                    + "}")
                                    .text("error"))
                    .as(member)
                    .startsWith("request: ");
        }
        assertThatThrownBy(() -> engine.answer("{\"do\": \"open\", \"file\": \"missing\"}"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void fields_have_labels_of_their_own_and_remedies_name_no_option() {
        Set<String> labels = new TreeSet<>();
        for (RequestField field : RequestField.values()) {
            labels.add(Labels.of(field));
        }
        assertThat(labels).hasSameSizeAs(RequestField.values());
        PageWording wording = new PageWording();
        for (Remedy remedy : Remedy.values()) {
            assertThat(wording.remedy(remedy)).isNotBlank().doesNotContain("--");
        }
        HostSource source =
                new HostSource(HostSource.Kind.SNAPSHOT, "host.json", null, false, null, null);
        for (HostRemedy remedy : HostRemedy.values()) {
            Fix.Do fix = wording.remedy(remedy, source);
            assertThat(fix.text()).isNotBlank().doesNotContain("--");
            assertThat(fix.commands()).isEmpty();
        }
    }

    @Test
    void json_and_the_process_have_the_same_exit_codes() {
        for (Answer answer : Answer.values()) {
            assertThat(ExitCode.of(answer).number()).isEqualTo(answer.exitCode());
        }
    }

    private Message answer(String request) {
        return Message.parse(Engine.print(engine.answer(request)));
    }

    private static String comparable(Message reply, String member) {
        return CommandLine.comparable(Message.print(reply.object(member).members()));
    }
}
