package igdrom.cli.oracle;

import igdrom.bench.setup.Qemu;
import igdrom.bench.setup.Tools;
import igdrom.fetch.Environment;
import igdrom.fetch.testing.StableQemu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Programs that judge configurations: every QEMU that this machine has, the one that `igdrom test`
/// uses, Debian's stable one ([StableQemu]), and those in trees with Debian's packages that
/// `IGDROM_TREES` names, separated by colons.
final class Oracles {
    private static final String PROGRAM = "usr/bin/qemu-system-x86_64";

    private Oracles() {}

    /// How to start each QEMU, by its version.
    static Map<String, List<String>> qemus() throws IOException, InterruptedException {
        Map<String, List<String>> found = new LinkedHashMap<>();
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("/" + PROGRAM));
        for (Path tree : trees()) {
            Path libraries = tree.resolve("usr/lib/x86_64-linux-gnu");
            commands.add(
                    List.of(
                            "/usr/bin/env",
                            "QEMU_MODULE_DIR=" + libraries.resolve("qemu"),
                            libraries.resolve("ld-linux-x86-64.so.2").toString(),
                            "--library-path",
                            libraries.toString(),
                            tree.resolve(PROGRAM).toString(),
                            "-L",
                            tree.resolve("usr/share/qemu").toString(),
                            "-L",
                            tree.resolve("usr/share/seabios").toString()));
        }
        for (Qemu qemu : Tools.find(Environment.ofMachine()).qemus()) {
            commands.add(command(qemu));
        }
        StableQemu.find()
                .map(entry -> Qemu.in(entry.directory(), entry.version(), ""))
                .ifPresent(qemu -> commands.add(command(qemu)));
        for (List<String> command : commands) {
            if (Files.exists(Path.of(command.getFirst()))) {
                String version = version(command);
                if (!version.isEmpty()) {
                    found.putIfAbsent(version, command);
                }
            }
        }
        return found;
    }

    private static List<String> command(Qemu qemu) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
        qemu.environment().forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(qemu.command());
        return command;
    }

    /// The version of a QEMU, empty when it does not run.
    private static String version(List<String> command) throws IOException, InterruptedException {
        Answer answer = run(with(command, "--version"));
        return answer.code == 0 ? answer.text.replaceFirst("(?s).*version ([0-9.]+).*", "$1") : "";
    }

    static List<Path> trees() {
        List<Path> trees = new ArrayList<>();
        String names = System.getenv("IGDROM_TREES");
        for (String name : names == null ? new String[0] : names.split(":", -1)) {
            if (!name.isEmpty()) {
                trees.add(Path.of(name));
            }
        }
        return trees;
    }

    static List<String> with(List<String> command, String... arguments) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(arguments));
        return words;
    }

    static Answer run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectInput(Path.of("/dev/null").toFile()).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Answer(process.waitFor(), text.strip());
    }

    /// What a program printed, and its exit code.
    record Answer(int code, String text) {
        String lastLine() {
            return text.substring(text.lastIndexOf('\n') + 1);
        }
    }
}
