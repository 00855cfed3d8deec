package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.cli.Main;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// igdrom is killed as it enters a system call that changes files, which strace does. A few of them
/// by default, all with the system property `igdrom.all`.
class ConfigKilledTest {
    private static final int SIGKILL = 9;
    private static final int MAX_CALLS = 40;

    /// Other names of the same calls.
    private static final Map<String, String> CALLS =
            Map.of(
                    "rename", "rename,renameat,renameat2",
                    "chmod", "chmod,fchmod,fchmodat",
                    "mkdir", "mkdir,mkdirat",
                    "unlink", "unlink,unlinkat");

    @TempDir Path directory;

    @Test
    void killed_change_leaves_the_old_or_the_new_definition_and_can_be_undone() throws Exception {
        assumeTrue(traces(), "no strace here, or it may not trace");
        int killed = 0;
        for (String call : List.of("rename", "chmod", "mkdir")) {
            for (int when = 1; when <= MAX_CALLS; when++) {
                if (isAsked(call, when)) {
                    Path place = Files.createDirectory(directory.resolve(call + when));
                    ProxmoxHost host =
                            ProxmoxHost.in(Files.createDirectory(place.resolve("host")), place);
                    Map<String, String> before = host.tree();
                    if (!isKilled(host, call, when, "--apply")) {
                        break;
                    }
                    killed++;
                    checkApplied(host, before, call + " " + when);
                }
            }
        }
        assertThat(killed).isGreaterThanOrEqualTo(Boolean.getBoolean("igdrom.all") ? 12 : 2);
    }

    @Test
    void killed_rollback_leaves_the_old_or_the_new_definition_and_can_be_repeated()
            throws Exception {
        assumeTrue(traces(), "no strace here, or it may not trace");
        int killed = 0;
        for (String call : List.of("rename", "unlink", "rmdir")) {
            for (int when = 1; when <= MAX_CALLS; when++) {
                if (isAsked(call, when)) {
                    Path place = Files.createDirectory(directory.resolve(call + when));
                    ProxmoxHost host =
                            ProxmoxHost.in(Files.createDirectory(place.resolve("host")), place);
                    Map<String, String> before = host.tree();
                    host.run(100, "--apply");
                    if (!isKilled(host, call, when, "--rollback")) {
                        break;
                    }
                    killed++;
                    assertThat(host.text(100))
                            .satisfiesAnyOf(
                                    text -> assertThat(text).isEqualTo(ProxmoxHost.CONF),
                                    text ->
                                            assertThat(text)
                                                    .contains("romfile=igd.rom", "[clean]"));
                    Session again = host.run(100, "--rollback");
                    // The backup goes last: what misses it has been undone.
                    if (again.code() != ExitCode.OK) {
                        assertThat(again.err()).contains("has undone that");
                    }
                    Map<String, String> after = host.tree();
                    after.keySet().removeIf(path -> path.startsWith("var"));
                    assertThat(after).as(call + " " + when).isEqualTo(before);
                }
            }
        }
        assertThat(killed).isGreaterThanOrEqualTo(Boolean.getBoolean("igdrom.all") ? 10 : 1);
    }

    private static boolean isAsked(String call, int when) {
        return Boolean.getBoolean("igdrom.all")
                || (call.equals("rename") && (when == 1 || when == 5));
    }

    private static void checkApplied(ProxmoxHost host, Map<String, String> before, String moment)
            throws IOException {
        String text = host.text(100);
        if (!text.equals(ProxmoxHost.CONF)) {
            assertThat(text)
                    .as(moment)
                    .contains("romfile=igd.rom", "\n[clean]\n")
                    .endsWith("std\n");
            assertThat(host.placedRom()).as(moment).exists();
        }
        if (Files.exists(host.placedRom())) {
            assertThat(Files.readAllBytes(host.placedRom()))
                    .as(moment)
                    .isEqualTo(Files.readAllBytes(host.rom()));
        }
        Session again = host.run(100, "--apply");
        assertThat(again.code()).as(moment + again.err()).isEqualTo(ExitCode.OK);
        assertThat(Files.isExecutable(host.hook(100))).as(moment).isTrue();
        Session rollback = host.run(100, "--rollback");
        assertThat(rollback.code()).as(moment + rollback.err()).isEqualTo(ExitCode.OK);
        assertThat(host.text(100)).as(moment).isEqualTo(ProxmoxHost.CONF);
        // A directory that was made just before may stay, empty.
        assertThat(files(host.tree())).as(moment).isEqualTo(files(before));
    }

    private static List<String> files(Map<String, String> tree) {
        return tree.entrySet().stream()
                .filter(entry -> !entry.getValue().endsWith(" "))
                .map(Map.Entry::toString)
                .toList();
    }

    private static boolean traces() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of("/usr/bin/strace"))
                && start(List.of("/usr/bin/strace", "-f", "-o", "/dev/null", "/bin/true")) == 0;
    }

    /// Runs igdrom and kills it at the call, if it makes that many.
    private static boolean isKilled(ProxmoxHost host, String call, int when, String what)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/strace", "-f", "-qq", "-o"));
        String calls = CALLS.getOrDefault(call, call);
        command.add("/dev/null");
        command.addAll(List.of("-e", "trace=" + calls));
        command.addAll(List.of("-e", "inject=" + calls + ":signal=SIGKILL:when=" + when));
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(host.words(100, what));
        int code = start(command);
        assertThat(code).isIn(0, 128 + SIGKILL);
        return code != 0;
    }

    private static int start(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
