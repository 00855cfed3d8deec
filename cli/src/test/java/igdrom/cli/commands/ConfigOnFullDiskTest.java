package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host on a small file system of its own, which only root can make.
class ConfigOnFullDiskTest {
    private static final int PAGE = 4096;
    private static final int MAX_PAGES = 200;

    @TempDir Path elsewhere;

    private Path disk = Path.of("");
    private Path ballast = Path.of("");
    private ProxmoxHost host = new ProxmoxHost(Path.of(""), Path.of(""));

    @BeforeEach
    void make_a_small_disk() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount");
        disk = Files.createDirectory(elsewhere.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m,mode=755", "igdrom", disk.toString()),
                "this machine mounts no tmpfs");
        ballast = disk.resolve("ballast");
        host = ProxmoxHost.in(Files.createDirectory(disk.resolve("host")), elsewhere);
    }

    @AfterEach
    void unmount() throws Exception {
        if (Files.exists(ballast.resolveSibling("host"))) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    /// Fills the disk up to some pages.
    private void leaveFree(int pages) throws IOException {
        Files.deleteIfExists(ballast);
        long free = disk.toFile().getUsableSpace();
        Files.write(ballast, new byte[Math.toIntExact(free - (long) pages * PAGE)]);
        assertThat(disk.toFile().getUsableSpace()).isEqualTo((long) pages * PAGE);
    }

    @Test
    void disk_that_is_full_at_any_moment_loses_nothing() throws IOException {
        Map<String, String> before = host.tree();
        int refused = 0;
        boolean done = false;
        for (int pages = 0; pages < MAX_PAGES && !done; pages++) {
            leaveFree(pages);
            Session session = host.run(100, "--apply");
            done = session.code() == ExitCode.OK;
            if (!done) {
                refused++;
                assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.MACHINE);
                assertThat(session.err()).contains("No space left on device");
                assertThat(withoutState(host.tree())).isEqualTo(withoutState(before));
                assertThat(host.run(100, "--rollback").err()).contains("has not changed it");
            }
        }
        assertThat(done).isTrue();
        assertThat(refused).isGreaterThanOrEqualTo(5);
        assertThat(host.text(100)).contains("romfile=igd.rom");
        assertThat(Files.readAllBytes(host.placedRom())).isEqualTo(Files.readAllBytes(host.rom()));

        leaveFree(0);
        Map<String, String> applied = host.tree();
        Session full = host.run(100, "--rollback");
        assertThat(full.code()).isEqualTo(ExitCode.MACHINE);
        assertThat(host.tree()).isEqualTo(applied);
        Files.delete(ballast);
        assertThat(host.run(100, "--rollback").code()).isEqualTo(ExitCode.OK);
        assertThat(withoutState(host.tree())).isEqualTo(withoutState(before));
    }

    private static Map<String, String> withoutState(Map<String, String> tree) {
        tree.keySet().removeIf(path -> path.startsWith("var"));
        return tree;
    }

    @Test
    void disk_that_fills_while_the_definition_is_written_keeps_the_old_one() throws IOException {
        // The definition grows by less than a page, so that a file that is cut off would be seen.
        host.write(100, ProxmoxHost.CONF + "# " + "x".repeat(3 * PAGE) + "\n");
        String text = host.text(100);
        Map<String, String> before = host.tree();
        for (int pages = 0; pages < 4; pages++) {
            leaveFree(pages);
            assertThat(host.run(100, "--apply").code()).isEqualTo(ExitCode.MACHINE);
            assertThat(host.text(100)).isEqualTo(text);
        }
        Files.delete(ballast);
        assertThat(withoutState(host.tree())).isEqualTo(withoutState(before));
        assertThat(host.run(100, "--apply").code()).isEqualTo(ExitCode.OK);
        try (RandomAccessFile file = new RandomAccessFile(host.conf(100).toFile(), "r")) {
            assertThat(file.length()).isGreaterThan(text.length());
        }
    }
}
