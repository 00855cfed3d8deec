package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.cli.Session;
import igdrom.cli.definition.Change;
import igdrom.cli.definition.DefinitionFile;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ROM and the hook that come with a definition.
class PlacedFilesTest {
    @TempDir Path root;
    @TempDir Path elsewhere;

    private ProxmoxHost host = new ProxmoxHost(Path.of(""), Path.of(""));

    @BeforeEach
    void make_a_host() throws IOException {
        host = ProxmoxHost.in(root, elsewhere);
    }

    @Test
    void rom_and_hook_are_where_the_definition_says_and_go_with_it() throws IOException {
        Map<String, String> before = host.tree();
        Session session = host.run(100, "--apply");
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .contains(host.placedRom() + " placed\n" + host.hook(100) + " placed\n");
        assertThat(Files.readAllBytes(host.placedRom())).isEqualTo(Files.readAllBytes(host.rom()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host.placedRom())))
                .isEqualTo("rw-r--r--");
        assertThat(Files.isExecutable(host.hook(100))).isTrue();
        assertThat(host.text(100))
                .contains("romfile=igd.rom\n", "hookscript: local:snippets/igdrom-100.sh\n");
        Session restored = host.run(100, "--rollback");
        assertThat(restored.code()).isEqualTo(ExitCode.OK);
        assertThat(restored.out())
                .contains(host.placedRom() + " removed\n", host.hook(100) + " removed\n");
        Map<String, String> after = host.tree();
        after.keySet().removeIf(path -> path.isEmpty() || path.startsWith("var"));
        before.keySet().removeIf(String::isEmpty);
        assertThat(after).isEqualTo(before);
        assertThat(root.resolve("var/lib/vz")).doesNotExist();
        assertThat(root.resolve("var/lib/igdrom")).isEmptyDirectory();
    }

    @Test
    void second_time_places_nothing() throws IOException {
        host.run(100, "--apply");
        Map<String, String> once = host.tree();
        Session session = host.run(100, "--apply");
        assertThat(session.out()).contains("nothing to change").doesNotContain("placed");
        assertThat(host.tree()).isEqualTo(once);
    }

    @Test
    void rom_that_was_deleted_is_placed_again() throws IOException {
        host.run(100, "--apply");
        Map<String, String> once = host.tree();
        Files.delete(host.placedRom());
        assertThat(host.run(100, "--apply").out()).contains(host.placedRom() + " placed");
        assertThat(host.tree()).isEqualTo(once);
    }

    @Test
    void file_of_somebody_else_is_used_and_left() throws IOException {
        Files.createDirectories(host.placedRom().getParent());
        Files.copy(host.rom(), host.placedRom());
        assertThat(host.run(100, "--apply").out()).doesNotContain(host.placedRom() + " placed");
        host.run(100, "--rollback");
        assertThat(host.placedRom()).exists();
        assertThat(host.hook(100)).doesNotExist();
    }

    @Test
    void different_file_is_replaced_only_on_demand_and_comes_back() throws IOException {
        Files.createDirectories(host.placedRom().getParent());
        Files.writeString(host.placedRom(), "mine");
        Files.setPosixFilePermissions(
                host.placedRom(), PosixFilePermissions.fromString("rw-rw-r--"));
        Map<String, String> before = host.tree();
        Session refused = host.run(100, "--apply");
        assertThat(refused.code()).isEqualTo(ExitCode.NO);
        assertThat(refused.err())
                .contains(
                        host.placedRom()
                                + " is another file (--force replaces it, and --rollback brings it"
                                + " back)");
        assertThat(host.tree()).isEqualTo(before);
        assertThat(host.run(100, "--apply", "--force").code()).isEqualTo(ExitCode.OK);
        assertThat(Files.size(host.placedRom())).isEqualTo(Files.size(host.rom()));
        assertThat(host.run(100, "--rollback").out())
                .contains(host.placedRom() + " is the file from before");
        assertThat(Files.readString(host.placedRom())).isEqualTo("mine");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host.placedRom())))
                .isEqualTo("rw-rw-r--");
    }

    @Test
    void rom_of_two_guests_stays_until_both_are_restored() throws IOException {
        host.run(100, "--apply");
        host.run(101, "--apply");
        assertThat(host.run(100, "--rollback").out())
                .contains(host.placedRom() + " stays: another guest needs it");
        assertThat(host.placedRom()).exists();
        assertThat(host.hook(100)).doesNotExist();
        assertThat(host.hook(101)).exists();
        assertThat(host.run(101, "--rollback").out()).contains(host.placedRom() + " removed");
        assertThat(root.resolve("var/lib/igdrom")).isEmptyDirectory();
    }

    @Test
    void placed_file_that_was_changed_since_stays() throws IOException {
        host.run(100, "--apply");
        Files.writeString(host.placedRom(), "newer");
        assertThat(host.run(100, "--rollback").out())
                .contains(host.placedRom() + " stays: it is not the file that igdrom placed");
        assertThat(Files.readString(host.placedRom())).isEqualTo("newer");
        assertThat(host.text(100)).isEqualTo(ProxmoxHost.CONF);
    }

    @Test
    void hook_of_the_owner_stays_and_none_is_placed() throws IOException {
        host.write(100, "hookscript: local:snippets/mine.sh\n" + ProxmoxHost.CONF);
        Session session = host.run(100, "--apply");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).contains("no hook script is placed: the VM has one already");
        assertThat(host.text(100)).contains("hookscript: local:snippets/mine.sh\n");
        assertThat(host.hook(100)).doesNotExist();
    }

    @Test
    void hook_is_placed_only_where_the_storage_is() throws IOException {
        Path storages = root.resolve("etc/pve/storage.cfg");
        Files.writeString(storages, "dir: local\n\tpath /tank/local\n\tcontent iso,snippets\n");
        assertThat(host.run(100, "--apply").out()).contains("no hook script is placed");
        assertThat(host.text(100)).doesNotContain("hookscript");
        host.run(100, "--rollback");
        Files.writeString(
                storages, "dir: local\n\tcontent iso\n\tpath /var/lib/vz\n\nzfspool: x\n");
        host.run(100, "--apply");
        assertThat(host.text(100)).contains("hookscript: local:snippets/igdrom-100.sh");
    }

    @Test
    void link_out_of_the_root_is_not_followed() throws IOException {
        Files.createDirectories(root.resolve("usr/share"));
        Files.createSymbolicLink(root.resolve("usr/share/kvm"), elsewhere);
        Session session = host.run(100, "--apply");
        assertThat(session.code()).isEqualTo(ExitCode.MACHINE);
        assertThat(session.err()).contains("leads out of " + root);
        Files.delete(root.resolve("usr/share/kvm"));
        assertThat(host.text(100)).isEqualTo(ProxmoxHost.CONF);
    }

    @Test
    void user_who_is_not_root_changes_nothing_on_this_machine() {
        String user = System.getProperty("user.name");
        System.setProperty("user.name", "nobody");
        try {
            assertThat(
                            Session.of(
                                    "config",
                                    "--for=proxmox",
                                    "--rom=" + host.rom(),
                                    "--vmid=100",
                                    "--apply"))
                    .isEqualTo(
                            Session.failed(
                                    ExitCode.MACHINE,
                                    "only root@pam may set romfile and args: run this as root"));
            assertThat(
                            Session.of(
                                    "config",
                                    "--for=libvirt",
                                    "--rom=" + host.rom(),
                                    "--domain=guest",
                                    "--rollback"))
                    .isEqualTo(
                            Session.failed(
                                    ExitCode.MACHINE,
                                    "run this as root: the ROM and the hook go to directories of"
                                            + " root"));
        } finally {
            System.setProperty("user.name", user);
        }
    }

    @Test
    void file_of_a_process_that_has_ended_does_not_stop_a_change() throws IOException {
        Path pid = Files.writeString(root.resolve("100.pid"), "999999999\n");
        DefinitionFile file = new DefinitionFile(host.conf(100), List.of(pid), true);
        assertThat(file.busy()).isEmpty();
        Files.writeString(pid, ProcessHandle.current().pid() + "\n");
        assertThat(file.busy()).contains("the guest is running: shut it down first");
        Files.writeString(pid, "?");
        assertThat(file.busy()).isPresent();
    }

    @Test
    void definition_that_somebody_changes_meanwhile_is_not_overwritten() throws IOException {
        Map<String, String> before = host.tree();
        Change change =
                new Change(
                        new DefinitionFile(host.conf(100), List.of(), false),
                        root.resolve("var/lib/igdrom"));
        assertThatThrownBy(() -> change.apply("as it was", "as it becomes", List.of()))
                .isInstanceOf(Failure.class)
                .hasMessage(host.conf(100) + ": somebody else changed it meanwhile");
        Map<String, String> after = host.tree();
        after.keySet().removeIf(path -> path.startsWith("var"));
        assertThat(after).isEqualTo(before);
        assertThat(root.resolve("var/lib/igdrom")).isEmptyDirectory();
    }
}
