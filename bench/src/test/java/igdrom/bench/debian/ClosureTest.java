package igdrom.bench.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosureTest {
    private final PackageIndex index = new PackageIndex();

    @Test
    void libraries_are_followed_and_what_serves_the_installation_is_not() throws IOException {
        suite(
                one("qemu", "1", "otherosfs", "libc6 (>= 2), libb, adduser"),
                one("libc6", "2.41", "libs", "libgcc"),
                one("libgcc", "14", "libs", "libc6"),
                one("libb", "1", "libs", "perl"),
                one("adduser", "3", "admin", "missing"),
                one("perl", "5", "perl", ""));
        assertThat(names(List.of(Relation.any("qemu")), List.of()))
                .containsExactly("qemu 1", "libc6 2.41", "libb 1", "libgcc 14");
    }

    @Test
    void first_suite_is_preferred_where_it_will_do() throws IOException {
        suite(one("qemu", "10.0", "misc", ""), one("liba", "1", "libs", ""));
        suite(
                one("qemu", "11.1~bpo1", "misc", "liba, libb (>= 2)"),
                one("liba", "2", "libs", ""),
                one("libb", "2", "libs", ""));
        assertThat(names(List.of(Relation.atLeast("qemu", "10.1")), List.of()))
                .containsExactly("qemu 11.1~bpo1", "liba 1", "libb 2");
        assertThat(names(List.of(Relation.any("qemu")), List.of())).containsExactly("qemu 10.0");
    }

    @Test
    void newer_version_takes_the_place_of_one_that_was_enough_before() throws IOException {
        suite(
                one("qemu", "1", "misc", "liba, libb"),
                one("liba", "1", "libs", ""),
                one("libb", "1", "libs", "liba (>= 2)"));
        suite(one("liba", "2", "libs", "libc"), one("libc", "1", "libs", ""));
        assertThat(names(List.of(Relation.any("qemu")), List.of()))
                .containsExactly("qemu 1", "liba 2", "libb 1", "libc 1");
    }

    @Test
    void package_for_its_files_is_of_the_version_that_the_program_asks_for() throws IOException {
        suite(one("data", "10", "misc", ""));
        suite(one("qemu", "11", "misc", "data (>> 11~)"), one("data", "11", "misc", "other"));
        assertThat(names(List.of(Relation.any("qemu")), List.of(Relation.any("data"))))
                .containsExactly("qemu 11", "data 11");
    }

    @Test
    void alternatives_and_other_names_will_do() throws IOException {
        suite(
                one("qemu", "1", "misc", "liba | libb, libvirtual, libv (= 3), libarch:any"),
                one("libb", "1", "libs", ""),
                one("libw", "1", "libs", "", "libvirtual, libv (= 3)"),
                one("libarch", "1", "libs", ""));
        assertThat(names(List.of(Relation.any("qemu")), List.of()))
                .containsExactly("qemu 1", "libb 1", "libw 1", "libarch 1");
    }

    @Test
    void name_without_a_version_satisfies_no_need_for_a_version() throws IOException {
        suite(one("qemu", "1", "misc", "libv (>= 3)"), one("libw", "9", "libs", "", "libv"));
        assertThatThrownBy(() -> names(List.of(Relation.any("qemu")), List.of()))
                .isInstanceOf(ArchiveException.class)
                .hasMessage("qemu 1 needs libv (>= 3), which the archive does not have");
    }

    @Test
    void what_is_missing_is_said() throws IOException {
        suite(one("qemu", "10.0", "misc", ""));
        assertThatThrownBy(() -> names(List.of(Relation.atLeast("qemu", "10.1")), List.of()))
                .hasMessage("the archive has no package qemu (>= 10.1)");
    }

    @Test
    void two_that_cannot_be_together_are_refused() throws IOException {
        suite(
                one("qemu", "1", "misc", "liba (>= 2), libb"),
                one("liba", "2", "libs", ""),
                one("liba", "1", "libs", ""),
                one("libb", "1", "libs", "liba (<< 2)"));
        assertThatThrownBy(() -> names(List.of(Relation.any("qemu")), List.of()))
                .hasMessage("liba is needed in version 2 and in 1");
    }

    @Test
    void file_outside_the_archive_is_refused() {
        String evil = one("qemu", "1", "misc", "").replace("pool/", "pool/../../");
        assertThatThrownBy(() -> suite(evil))
                .isInstanceOf(UntrustedException.class)
                .hasMessageStartingWith(
                        "made: package 'qemu' has the file 'pool/../../qemu_1.deb'");
    }

    private List<String> names(List<Relation> running, List<Relation> alone) throws IOException {
        return Closure.of(index, running, alone).stream().map(DebPackage::toString).toList();
    }

    private void suite(String... stanzas) throws IOException {
        byte[] text = String.join("\n", stanzas).getBytes(StandardCharsets.UTF_8);
        index.add(new ByteArrayInputStream(text), "made");
    }

    private static String one(String name, String version, String section, String depends) {
        return one(name, version, section, depends, "");
    }

    private static String one(
            String name, String version, String section, String depends, String provides) {
        return """
        Package: %s
        Version: %s
        Description: something
         folded: over
         lines
        Section: %s
        Depends: %s
        Provides: %s
        Filename: pool/%s_%s.deb
        Size: 10
        SHA256: %s
        Installed-Size: 3
        """
                .formatted(
                        name, version, section, depends, provides, name, version, "0".repeat(64));
    }
}
