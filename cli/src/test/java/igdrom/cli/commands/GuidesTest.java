package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.setup.Tools;
import igdrom.cli.Session;
import igdrom.cli.commands.GuidePage.Step;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Invocation;
import igdrom.fetch.Environment;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every command that README and docs show is run, or checked by a rule that says so.
class GuidesTest {
    private static final Path README = Path.of("../README.md");
    private static final Path DOCS = Path.of("../docs");
    private static final String DEFAULT_HOST = "made-adln-pve9";

    /// Pages about another host than the one in the guides.
    private static final Map<String, String> HOSTS =
            Map.of("sr-iov.md", "made-adln-sriov", "macos.md", "made-cfl-pve9");

    /// Commands of igdrom that are parsed only: they download, read the machine of the test, or
    /// need a libvirt.
    private static final Pattern PARSED =
            Pattern.compile(
                    "test --setup.*|build .*--host( .*)?|build --host.*|.*VERSION.*"
                            + "|config .*--domain \\S+");

    /// The commands of other programs, each with the form that it must have.
    private static final List<Pattern> OTHERS =
            Stream.of(
                            "apt (install|purge) \\S+",
                            "cd \\S+",
                            "chmod \\+x \\S+",
                            "cp \\S+ \\S+",
                            "dmesg",
                            "find /sys/kernel/iommu_groups -type l",
                            "git clone REPOSITORY \\S+",
                            "jq '[^']+'",
                            "ln -s \\S+ \\S+",
                            "lspci( -(nn|vvnn|xxx)+)*( -s [0-9a-f:.]+)?",
                            "makepkg -si",
                            "\\./package",
                            "\\./verify",
                            "mkdir -p \\S+",
                            "proxmox-boot-tool refresh",
                            "qm (start|stop|config) \\d+",
                            "qm set \\d+( --(vga|bios|machine|hostpci0|args|cpu|hookscript)"
                                    + " ('[^']+'|\\S+))+",
                            "reboot",
                            "scp \\S+ \\S+",
                            "sh [\\w.-]+\\.sh",
                            "ssh \\S+ '[^']+'",
                            "tar -xf \\S+",
                            "unzip \\S+",
                            "update-(grub|initramfs)( -u -k all)?",
                            "virsh (define|start|edit) \\S+",
                            "virsh dumpxml --inactive \\S+")
                    .map(Pattern::compile)
                    .toList();

    /// A setting of the host.
    private static final Pattern SETTING =
            Pattern.compile("sudo sh -c 'echo (\\S+) > (/sys/[\\w/.:]+)'");

    @TempDir Path directory;

    @TestFactory
    List<DynamicTest> commands_of_every_page_are_run() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            GuidePage guide = GuidePage.read(page);
            if (!guide.steps().isEmpty()) {
                tests.add(DynamicTest.dynamicTest(guide.name(), () -> check(guide)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests;
    }

    private void check(GuidePage page) throws IOException {
        GuideScratch scratch =
                new GuideScratch(
                        directory.resolve(page.name()),
                        HOSTS.getOrDefault(page.name(), DEFAULT_HOST));
        List<String> wrong = new ArrayList<>();
        for (Step step : page.steps()) {
            Matcher setting = SETTING.matcher(step.command());
            if (setting.matches()) {
                scratch.set(setting.group(2), setting.group(1));
                continue;
            }
            for (String command : commands(step.command())) {
                String problem = problem(step, command, scratch);
                if (!problem.isEmpty()) {
                    wrong.add(page.name() + ":" + step.line() + ": " + command + "\n" + problem);
                }
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    /// The simple commands in a line of a shell.
    private static List<String> commands(String line) {
        List<String> commands = new ArrayList<>();
        for (String part : line.replaceFirst(" +#( .*|$)", "").split(" && | \\| |; ", -1)) {
            commands.add(part.strip().replaceFirst("^sudo ", "").replaceFirst(" > \\S+$", ""));
        }
        return commands;
    }

    private static String problem(Step step, String command, GuideScratch scratch)
            throws IOException {
        boolean own = command.matches("(\\./|igdrom-VERSION/)?igdrom .*");
        if (command.startsWith("cp ")) {
            List<String> files = words(command);
            scratch.copy(files.get(1), files.get(2));
            return "";
        }
        if (!own) {
            boolean known = OTHERS.stream().anyMatch(rule -> rule.matcher(command).matches());
            return known || !step.notRun().isEmpty() ? "" : "no rule covers this command";
        }
        List<String> words = words(command);
        words.removeFirst();
        if (!step.notRun().isEmpty() || PARSED.matcher(String.join(" ", words)).matches()) {
            return parsed(words);
        }
        if (words.getFirst().equals("test")) {
            return parsed(words);
        }
        Session session = scratch.run(words);
        if (session.code().number() != step.exit()) {
            return "ended with " + session.code() + ": " + session.err() + session.out();
        }
        return step.output().isEmpty() || shows(step.output(), session)
                ? ""
                : "printed\n" + session.err() + session.out();
    }

    private static String parsed(List<String> words) {
        return Commands.parse(words) instanceof Invocation.Run ? "" : "is not a command line";
    }

    /// Whether a command printed what the page shows: the same words in the same order, wherever
    /// lines are folded.
    private static boolean shows(List<String> output, Session session) {
        List<String> out = new ArrayList<>();
        for (String line : output) {
            if (line.startsWith("igdrom: ") || line.startsWith("note: ")) {
                if (!matches(line, ".*", session.err())) {
                    return false;
                }
            } else {
                out.add(line);
            }
        }
        return matches(String.join("\n", out), "", session.out());
    }

    private static boolean matches(String shown, String around, String printed) {
        String pattern =
                Stream.of(flat(shown).split("…", -1))
                        .map(piece -> Pattern.quote(piece.strip()))
                        .collect(Collectors.joining(".*"));
        return Pattern.compile(around + pattern + around, Pattern.DOTALL)
                .matcher(flat(printed))
                .matches();
    }

    /// On one line, with the parts of folded command lines put together again.
    private static String flat(String text) {
        return text.replaceAll(",\\\\\n\\s*", ",")
                .replaceAll("\\\\\n\\s*", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /// The words of a command, without quotation marks.
    static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (char c : (command + " ").toCharArray()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                word.append(quote == 0 ? "" : String.valueOf(c));
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c != ' ') {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }

    /// The proofs that the pages show, with a real GOP: the first one always, all of them with the
    /// system property `igdrom.all`. Those of a whole host have tests of their own.
    @Test
    void proofs_that_the_pages_show_pass() throws IOException {
        Tools tools = Tools.find(Environment.ofMachine());
        assumeTrue(tools.qemu().isPresent() && tools.ovmf().isPresent(), "no QEMU");
        GuideScratch scratch = new GuideScratch(directory, DEFAULT_HOST);
        Path gop = Corpus.path("gop/dasharo_novacustom_ns5x_adl_IntelGopDriver.efi");
        Path vbt = Corpus.path("vbt/hardkernel-odroid-h4.vbt");
        for (String rom : List.of("igd.rom --machine q35", "bhyve.rom --machine bhyve")) {
            List<String> build = words("build -d 8086:46d1 --gop " + gop + " --vbt " + vbt);
            build.addAll(words("--machine " + rom.split(" ", -1)[2] + " -o"));
            build.add(scratch.file(rom.split(" ", -1)[0]).toString());
            assertThat(Session.of(build.toArray(new String[0])).code()).isEqualTo(ExitCode.OK);
        }
        Map<String, List<Step>> shown = new LinkedHashMap<>();
        for (Path page : pages()) {
            for (Step step : GuidePage.read(page).steps()) {
                boolean run = step.notRun().isEmpty() && !step.output().isEmpty();
                if (run && step.command().contains("igdrom test ")) {
                    shown.computeIfAbsent(step.command(), _ -> new ArrayList<>()).add(step);
                }
            }
        }
        assertThat(shown).hasSizeGreaterThan(3);
        int count = Boolean.getBoolean("igdrom.all") ? shown.size() : 1;
        for (String command : List.copyOf(shown.keySet()).subList(0, count)) {
            List<String> words = words(command);
            Session session = scratch.run(words.subList(words.indexOf("test"), words.size()));
            assertThat(session.code()).as(command + session.out()).isEqualTo(ExitCode.OK);
            for (Step step : shown.getOrDefault(command, List.of())) {
                assertThat(shows(step.output(), session))
                        .as(step.output() + "\n" + session.out())
                        .isTrue();
            }
        }
        assertThat(scratch.file("igd.png")).exists();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(README));
        try (Stream<Path> all = Files.list(DOCS)) {
            all.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    @Test
    void output_that_differs_is_noticed() {
        Session session = new Session(ExitCode.OK, "a  b\n  c d\n", "note: x y\n");
        assertThat(shows(List.of("a b c d"), session)).isTrue();
        assertThat(shows(List.of("a …", "d", "note: x …"), session)).isTrue();
        assertThat(shows(List.of("a … x"), session)).isFalse();
        assertThat(shows(List.of("b c d"), session)).isFalse();
        assertThat(shows(List.of("a b c d", "note: z"), session)).isFalse();
    }

    @Test
    void commands_without_a_rule_are_noticed() throws IOException {
        Step unknown = new Step(1, "rm -rf /", List.of(), 0, "");
        GuideScratch scratch = new GuideScratch(directory, DEFAULT_HOST);
        assertThat(problem(unknown, "rm -rf /", scratch)).isEqualTo("no rule covers this command");
        assertThat(problem(unknown, "igdrom demo -o demo/ --json extra", scratch))
                .contains("unexpected argument");
    }
}
