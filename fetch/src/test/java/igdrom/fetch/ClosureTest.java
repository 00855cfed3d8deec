package igdrom.fetch;

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
    void only_dependencies_on_libraries_are_followed() throws IOException {
        suite(
                stanza("qemu", "1", "otherosfs", "libc6 (>= 2), libb, adduser"),
                stanza("libc6", "2.41", "libs", "libgcc"),
                stanza("libgcc", "14", "libs", "libc6"),
                stanza("libb", "1", "libs", "perl"),
                stanza("adduser", "3", "admin", "missing"),
                stanza("perl", "5", "perl", ""));
        assertThat(names(List.of(Relation.any("qemu")), List.of()))
                .containsExactly("qemu 1", "libc6 2.41", "libb 1", "libgcc 14");
    }

    @Test
    void first_suite_is_preferred_when_its_version_suffices() throws IOException {
        suite(stanza("qemu", "10.0", "misc", ""), stanza("liba", "1", "libs", ""));
        suite(
                stanza("qemu", "11.1~bpo1", "misc", "liba, libb (>= 2)"),
                stanza("liba", "2", "libs", ""),
                stanza("libb", "2", "libs", ""));
        assertThat(names(List.of(Relation.atLeast("qemu", "10.1")), List.of()))
                .containsExactly("qemu 11.1~bpo1", "liba 1", "libb 2");
        assertThat(names(List.of(Relation.any("qemu")), List.of())).containsExactly("qemu 10.0");
    }

    @Test
    void newer_version_replaces_an_older_one_chosen_before() throws IOException {
        suite(
                stanza("qemu", "1", "misc", "liba, libb"),
                stanza("liba", "1", "libs", ""),
                stanza("libb", "1", "libs", "liba (>= 2)"));
        suite(stanza("liba", "2", "libs", "libc"), stanza("libc", "1", "libs", ""));
        assertThat(names(List.of(Relation.any("qemu")), List.of()))
                .containsExactly("qemu 1", "liba 2", "libb 1", "libc 1");
    }

    @Test
    void package_without_dependencies_has_the_version_that_the_program_requires()
            throws IOException {
        suite(stanza("data", "10", "misc", ""));
        suite(stanza("qemu", "11", "misc", "data (>> 11~)"), stanza("data", "11", "misc", "other"));
        assertThat(names(List.of(Relation.any("qemu")), List.of(Relation.any("data"))))
                .containsExactly("qemu 11", "data 11");
    }

    @Test
    void alternatives_and_provided_names_satisfy_a_dependency() throws IOException {
        suite(
                stanza("qemu", "1", "misc", "liba | libb, libvirtual, libv (= 3), libarch:any"),
                stanza("libb", "1", "libs", ""),
                stanza("libw", "1", "libs", "", "libvirtual, libv (= 3)"),
                stanza("libarch", "1", "libs", ""));
        assertThat(names(List.of(Relation.any("qemu")), List.of()))
                .containsExactly("qemu 1", "libb 1", "libw 1", "libarch 1");
    }

    @Test
    void provided_name_without_version_does_not_satisfy_a_dependency_with_one() throws IOException {
        suite(stanza("qemu", "1", "misc", "libv (>= 3)"), stanza("libw", "9", "libs", "", "libv"));
        assertThatThrownBy(() -> names(List.of(Relation.any("qemu")), List.of()))
                .isInstanceOf(ArchiveException.class)
                .hasMessage("qemu 1 depends on libv (>= 3), which is not in the archive");
    }

    @Test
    void missing_package_is_reported() throws IOException {
        suite(stanza("qemu", "10.0", "misc", ""));
        assertThatThrownBy(() -> names(List.of(Relation.atLeast("qemu", "10.1")), List.of()))
                .hasMessage("package not found in the archive: qemu (>= 10.1)");
    }

    @Test
    void conflicting_versions_are_refused() throws IOException {
        suite(
                stanza("qemu", "1", "misc", "liba (>= 2), libb"),
                stanza("liba", "2", "libs", ""),
                stanza("liba", "1", "libs", ""),
                stanza("libb", "1", "libs", "liba (<< 2)"));
        assertThatThrownBy(() -> names(List.of(Relation.any("qemu")), List.of()))
                .hasMessage("liba is needed in versions 2 and 1");
    }

    @Test
    void file_outside_the_archive_is_refused() {
        String evil = stanza("qemu", "1", "misc", "").replace("pool/", "pool/../../");
        assertThatThrownBy(() -> suite(evil))
                .isInstanceOf(UntrustedException.class)
                .hasMessageStartingWith(
                        "made: invalid entry: Package 'qemu', Filename 'pool/../../qemu_1.deb',"
                                + " SHA256 '");
    }

    private List<String> names(List<Relation> running, List<Relation> alone) throws IOException {
        return Closure.of(index, running, alone).stream().map(DebPackage::toString).toList();
    }

    private void suite(String... stanzas) throws IOException {
        byte[] text = String.join("\n", stanzas).getBytes(StandardCharsets.UTF_8);
        index.add(new ByteArrayInputStream(text), "made");
    }

    private static String stanza(String name, String version, String section, String depends) {
        return stanza(name, version, section, depends, "");
    }

    private static String stanza(
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
