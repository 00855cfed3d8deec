package igdrom.bench.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bench.debian.ArchiveException;
import igdrom.bench.debian.MadeDeb;
import igdrom.bench.debian.MadeKey;
import igdrom.bench.debian.UntrustedException;
import igdrom.bytes.MalformedImageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
    private static final List<Component> BOTH = List.of(Component.QEMU, Component.OVMF);

    private static final String HINT =
            " (no network? a proxy is taken from http_proxy and apt's configuration, another mirror"
                    + " from --mirror URL)";

    @TempDir Path folder;

    private final List<String> heard = new ArrayList<>();
    private MadeArchive archive;
    private Environment machine;
    private AptConfig apt = new AptConfig(Map.of());

    @BeforeEach
    void make_an_archive() throws IOException {
        archive = MadeArchive.withQemu();
        Path root = Files.createDirectory(folder.resolve("root"));
        machine = new Environment(root, folder.resolve("kept"), Map.of());
    }

    @AfterEach
    void stop_it() throws IOException {
        archive.close();
    }

    @Test
    void qemu_and_ovmf_come_out_of_the_archive_and_are_found() throws IOException {
        Setup.Fetched fetched = fetch(BOTH);
        assertThat(fetched.packages())
                .containsExactly(
                        "qemu-system-x86 1:11.1.3",
                        "libc6 2.41",
                        "qemu-system-common 1:11.1.3",
                        "qemu-system-data 1:11.1.3",
                        "seabios 1",
                        "ovmf 2025.02-8");
        Tools tools = Tools.find(machine);
        Qemu qemu = tools.qemu().orElseThrow();
        assertThat(qemu.version()).isEqualTo("11.1.3");
        assertThat(qemu.command().getFirst()).endsWith("/ld-linux-x86-64.so.2");
        Ovmf ovmf = tools.ovmf().orElseThrow();
        assertThat(ovmf.code()).hasContent("code");
        assertThat(ovmf.vars()).hasContent("vars");
        assertThat(tools.refused()).isEmpty();
        assertThat(kept())
                .containsExactly(
                        "lock",
                        "ovmf",
                        "ovmf-/igdrom-manifest",
                        "ovmf-/usr/share/OVMF/OVMF_CODE_4M.fd",
                        "ovmf-/usr/share/OVMF/OVMF_VARS_4M.fd",
                        "qemu",
                        "qemu-/igdrom-manifest",
                        "qemu-/usr/bin/qemu-system-x86_64",
                        "qemu-/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
                        "qemu-/usr/lib/x86_64-linux-gnu/libc.so.6",
                        "qemu-/usr/lib/x86_64-linux-gnu/qemu/accel-tcg-x86_64.so",
                        "qemu-/usr/share/qemu/kvmvapic.bin",
                        "qemu-/usr/share/seabios/vgabios.bin");
        assertThat(heard)
                .containsExactly(
                        "asking " + archive.url(),
                        "reading the lists of packages",
                        "fetching 6 packages",
                        "unpacking qemu",
                        "unpacking ovmf");
    }

    @Test
    void kernel_comes_with_its_modules_and_a_shell() throws IOException {
        String modules = "./usr/lib/modules/6.12.1-amd64/kernel/";
        archive.add(
                        "trixie",
                        "linux-image-amd64",
                        "6.12.1-1",
                        "kernel",
                        "linux-image-6.12.1-amd64 (= 6.12.1-1)",
                        new MadeDeb())
                .add(
                        "trixie",
                        "linux-image-6.12.1-amd64",
                        "6.12.1-1",
                        "kernel",
                        "kmod, initramfs-tools | linux-initramfs-tool",
                        new MadeDeb()
                                .file("./boot/vmlinuz-6.12.1-amd64", "kernel")
                                .file("./boot/System.map-6.12.1-amd64", "not wanted")
                                .file(modules + "drivers/gpu/drm/i915/i915.ko.xz", "i915")
                                .file(modules + "drivers/gpu/drm/drm.ko.xz", "drm")
                                .file(modules + "drivers/gpu/drm/xe/xe.ko.xz", "not wanted"))
                .add("trixie", "kmod", "1", "admin", "", new MadeDeb())
                .add("trixie", "initramfs-tools", "1", "utils", "", new MadeDeb())
                .add(
                        "trixie",
                        "busybox-static",
                        "1",
                        "shells",
                        "",
                        new MadeDeb().program("./usr/bin/busybox", "shell"))
                .publish();
        assertThat(fetch(List.of(Component.LINUX)).packages())
                .containsExactly(
                        "linux-image-amd64 6.12.1-1",
                        "linux-image-6.12.1-amd64 6.12.1-1",
                        "busybox-static 1");
        Kernel kernel = Tools.find(machine).kernel().orElseThrow();
        assertThat(kernel.image()).hasContent("kernel");
        assertThat(kernel.busybox()).isExecutable();
        assertThat(kernel.modules().resolve("drivers/gpu/drm/i915/i915.ko.xz")).hasContent("i915");
        assertThat(kept()).noneMatch(path -> path.contains("xe.ko") || path.contains("System.map"));
    }

    @Test
    void nothing_is_missing_afterwards_unless_it_is_wanted_again() throws IOException {
        assertThat(Setup.missing(machine, Tools.find(machine), false, false)).isEqualTo(BOTH);
        fetch(BOTH);
        Tools tools = Tools.find(machine);
        assertThat(Setup.missing(machine, tools, false, false)).isEmpty();
        assertThat(Setup.missing(machine, tools, true, false)).containsExactly(Component.LINUX);
        assertThat(Setup.missing(machine, tools, false, true)).isEqualTo(BOTH);
        Path before = Files.readSymbolicLink(machine.folder().resolve("qemu"));
        fetch(BOTH);
        assertThat(Files.readSymbolicLink(machine.folder().resolve("qemu"))).isNotEqualTo(before);
        assertThat(machine.folder().resolve(before)).doesNotExist();
    }

    @Test
    void archive_without_files_named_by_their_hash_will_do() throws IOException {
        archive.files.clear();
        archive.close();
        archive = MadeArchive.withQemu();
        archive.files.keySet().removeIf(path -> path.contains("/by-hash/"));
        fetch(List.of(Component.OVMF));
        archive.withoutHashes();
        archive.asked.clear();
        fetch(List.of(Component.OVMF));
        assertThat(archive.asked).noneMatch(path -> path.contains("by-hash"));
    }

    @Test
    void mirrors_are_those_of_apt_and_the_next_one_is_tried() throws IOException {
        Path sources = Files.createDirectories(machine.at("/etc/apt")).resolve("sources.list");
        Files.writeString(
                sources,
                "deb http://127.0.0.1:1/debian bookworm main\ndeb "
                        + archive.url()
                        + "/ trixie main\n");
        setup().fetch(List.of(Component.OVMF), "");
        assertThat(heard)
                .contains(
                        "http://127.0.0.1:1/debian/dists/trixie/InRelease: no connection to the"
                                + " server"
                                + HINT);
    }

    @Test
    void machine_without_a_mirror_is_told_to_name_one() {
        refuses(
                () -> setup().fetch(BOTH, ""),
                "apt on this machine uses no mirror of Debian: name one with --mirror URL, as"
                        + " http://HOST/debian");
    }

    @Test
    void mirror_that_is_none_is_refused() {
        refuses(
                () -> setup().fetch(BOTH, archive.url() + "/x/"),
                archive.url()
                        + "/x/dists/trixie/InRelease: not there: no mirror of Debian, or no longer"
                        + " one");
        refuses(
                () -> setup().fetch(BOTH, "ftp://host/debian"),
                "ftp://host/debian/dists/trixie/InRelease: not an address that begins with http://"
                        + " or https://");
        refuses(
                () -> setup().fetch(BOTH, "http://name.invalid/debian"),
                "http://name.invalid/debian/dists/trixie/InRelease: there is no host name.invalid"
                        + HINT);
        refuses(
                () -> setup().fetch(BOTH, "http://127.0.0.1:123456/debian"),
                "http://127.0.0.1:123456/debian/dists/trixie/InRelease: not an address that begins"
                        + " with http:// or https://");
    }

    @Test
    void wrong_signature_is_refused() {
        String path = archive.path("trixie/InRelease");
        byte[] bytes = Objects.requireNonNull(archive.files.get(path));
        String changed =
                new String(bytes, StandardCharsets.US_ASCII)
                        .replace("Date: Thu, 19", "Date: Fri, 20");
        archive.files.put(path, changed.getBytes(StandardCharsets.US_ASCII));
        distrusts("the signature is wrong: it was changed on its way");
    }

    @Test
    void other_signer_is_refused() {
        archive.files.put(
                "/debian/dists/trixie/InRelease",
                new MadeKey().sign("Origin: Debian\n").getBytes(StandardCharsets.US_ASCII));
        distrusts("not signed with a key of Debian's archive that igdrom knows");
    }

    @Test
    void expired_archive_is_refused_unless_apt_takes_it() throws IOException {
        archive.validUntil("Sat, 01 Feb 2020 00:00:00 UTC");
        distrusts(
                "was valid until 2020-02-01T00:00:00Z: the mirror is out of date, or this machine's"
                        + " clock is wrong");
        apt = AptConfig.of("Acquire::Check-Valid-Until \"false\";\n");
        fetch(List.of(Component.OVMF));
    }

    @Test
    void index_of_another_suite_is_refused() {
        archive.codename("bullseye");
        distrusts("it is about 'bullseye'");
    }

    @Test
    void changed_index_and_changed_package_are_refused() throws IOException {
        archive.damage("by-hash");
        archive.damage("trixie/main/binary-amd64/Packages.xz");
        archive.damage("backports/main/binary-amd64/Packages.xz");
        assertThatThrownBy(() -> fetch(BOTH))
                .isInstanceOf(UntrustedException.class)
                .hasMessageMatching(
                        ".*/by-hash/SHA256/.*: its SHA-256 is .*, the archive's index says .*");
        archive.publish();
        archive.damage("seabios");
        assertThatThrownBy(() -> fetch(BOTH))
                .isInstanceOf(UntrustedException.class)
                .hasMessageStartingWith(
                        archive.url() + "/pool/main/seabios_1_amd64.deb: its SHA-256 is ");
        assertThat(Tools.find(machine).qemu()).isEmpty();
    }

    @Test
    void package_that_is_longer_than_said_is_refused() {
        String path = archive.path("seabios");
        byte[] bytes = Objects.requireNonNull(archive.files.get(path));
        archive.files.put(path, Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> fetch(BOTH))
                .isInstanceOf(UntrustedException.class)
                .hasMessage(
                        archive.url()
                                + "/pool/main/seabios_1_amd64.deb: longer than the "
                                + bytes.length
                                + " bytes the archive's index says");
    }

    @Test
    void package_that_is_gone_is_said() {
        archive.files.remove(archive.path("seabios"));
        refuses(
                () -> fetch(BOTH),
                archive.url()
                        + "/pool/main/seabios_1_amd64.deb: is in the index and not there: the"
                        + " mirror is being changed, try again later");
    }

    @Test
    void download_that_breaks_off_goes_on_where_it_was() throws IOException {
        String path = archive.path("ovmf");
        archive.breaks.put(path, 100);
        fetch(List.of(Component.OVMF));
        assertThat(archive.asked).contains(path, path + " from 100");
    }

    @Test
    void why_something_is_tried_again_is_said() throws IOException {
        String path = archive.path("ovmf");
        archive.breaks.put(path, 100);
        fetch(List.of(Component.OVMF));
        assertThat(heard)
                .contains(
                        archive.url().replace("/debian", path)
                                + ": it breaks off (Premature EOF), once more");
    }

    @Test
    void server_that_sends_elsewhere_is_followed_so_far() throws IOException {
        archive.files.keySet().forEach(path -> archive.server.moved.put("/moved" + path, path));
        setup().fetch(List.of(Component.OVMF), archive.url().replace("/debian", "/moved/debian"));
        archive.server.moved.put("/loop/dists/trixie/InRelease", "/loop/dists/trixie/InRelease");
        String loop = archive.url().replace("/debian", "/loop");
        refuses(
                () -> setup().fetch(List.of(Component.OVMF), loop),
                loop + "/dists/trixie/InRelease: the server sends from one address to the next");
        archive.server.moved.put("/loop/dists/trixie/InRelease", "ftp://host/x");
        refuses(
                () -> setup().fetch(List.of(Component.OVMF), loop),
                "ftp://host/x: not an address that begins with http:// or https://");
    }

    @Test
    void what_was_fetched_before_it_failed_is_not_fetched_again() throws IOException {
        String gone = archive.path("seabios");
        byte[] bytes = Objects.requireNonNull(archive.files.remove(gone));
        assertThatThrownBy(() -> fetch(BOTH)).isInstanceOf(ArchiveException.class);
        archive.files.put(gone, bytes);
        archive.asked.clear();
        fetch(BOTH);
        assertThat(archive.asked).contains(gone).noneMatch(path -> path.contains("libc6"));
        assertThat(machine.folder().resolve("downloads")).doesNotExist();
    }

    @Test
    void beginning_of_another_file_is_thrown_away() throws IOException {
        Path downloads = Files.createDirectories(machine.folder().resolve("downloads"));
        String name = archive.path("ovmf").substring("/debian/pool/main/".length());
        Files.writeString(downloads.resolve(name + ".part"), "something else");
        fetch(List.of(Component.OVMF));
        assertThat(Tools.find(machine).ovmf()).isPresent();
    }

    @Test
    void link_in_the_place_of_a_download_is_not_followed() throws IOException {
        Path downloads = Files.createDirectories(machine.folder().resolve("downloads"));
        String name = archive.path("ovmf").substring("/debian/pool/main/".length());
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createSymbolicLink(downloads.resolve(name + ".part"), victim);
        assertThatThrownBy(() -> fetch(List.of(Component.OVMF))).isInstanceOf(IOException.class);
        assertThat(victim).hasContent("precious");
    }

    @Test
    void evil_package_leaves_nothing_behind() throws IOException {
        fetch(BOTH);
        List<String> before = kept();
        archive.add(
                "trixie",
                "ovmf",
                "2026",
                "misc",
                "",
                new MadeDeb()
                        .file("./usr/share/OVMF/OVMF_CODE_4M.fd", "")
                        .file("./../../evil", ""));
        archive.add("trixie", "ovmf", "2025", "misc", "", new MadeDeb()).publish();
        archive.close();
        archive = new MadeArchive();
        archive.add("trixie-backports", "x", "1", "misc", "", new MadeDeb());
        archive.add(
                        "trixie",
                        "ovmf",
                        "2026",
                        "misc",
                        "",
                        new MadeDeb()
                                .file("./usr/share/OVMF/OVMF_CODE_4M.fd", "")
                                .file("./../../evil", ""))
                .publish();
        assertThatThrownBy(() -> fetch(List.of(Component.OVMF)))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageEndingWith("the path './../../evil' leads elsewhere (tar(5))");
        assertThat(kept()).containsAll(before).noneMatch(path -> path.contains("unfinished"));
        assertThat(folder.resolve("evil")).doesNotExist();
        assertThat(Tools.find(machine).ovmf().orElseThrow().code()).hasContent("code");
    }

    @Test
    void qemu_that_does_not_run_or_is_too_old_does_not_take_the_place_of_one_that_does()
            throws IOException {
        fetch(BOTH);
        Path before = Files.readSymbolicLink(machine.folder().resolve("qemu"));
        archive.close();
        archive = MadeArchive.withQemu("10.0.9");
        refuses(() -> fetch(BOTH), "the fetched QEMU is version 10.0.9, 10.1 is needed");
        assertThat(Files.readSymbolicLink(machine.folder().resolve("qemu"))).isEqualTo(before);
    }

    @Test
    void second_setup_in_the_same_folder_is_refused() throws IOException {
        try (FileChannel lock = new Store(machine.folder()).lock()) {
            assertThat(lock.isOpen()).isTrue();
            assertThatThrownBy(() -> fetch(BOTH))
                    .isInstanceOf(Store.BusyException.class)
                    .hasMessage("another igdrom is fetching into this folder just now");
        }
        fetch(BOTH);
    }

    @Test
    void more_than_the_disk_has_room_for_is_not_begun() throws IOException {
        archive.close();
        archive = new MadeArchive();
        archive.add("trixie-backports", "x", "1", "misc", "", new MadeDeb());
        archive.add("trixie", "ovmf", "1", "misc", "", new MadeDeb());
        archive.setSize("ovmf", 1L << 60).publish();
        assertThatThrownBy(() -> fetch(List.of(Component.OVMF)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageMatching(
                        machine.folder()
                                + ": [0-9]+ MiB are free, 1099511627777 MiB may be needed");
        assertThat(archive.asked).noneMatch(path -> path.contains("/pool/"));
    }

    @Test
    void folder_with_a_colon_is_refused() {
        machine = machine.keeping(folder.resolve("a:b"));
        refuses(
                () -> fetch(BOTH),
                machine.folder()
                        + ": the loader cannot find libraries in a folder with ':' in its name");
    }

    @Test
    void proxy_of_apt_or_of_the_environment_is_used() throws IOException {
        String proxy = archive.url().replace("/debian", "");
        archive.files.keySet().forEach(path -> archive.asked.remove(path));
        apt = AptConfig.of("Acquire::http::Proxy \"" + proxy + "/\";\n");
        setup().fetch(List.of(Component.OVMF), "http://name.invalid/debian");
        apt = new AptConfig(Map.of());
        machine = new Environment(machine.root(), machine.folder(), Map.of("http_proxy", proxy));
        setup().fetch(List.of(Component.OVMF), "http://name.invalid/debian");
        machine =
                new Environment(
                        machine.root(),
                        machine.folder(),
                        Map.of("http_proxy", proxy, "no_proxy", "localhost,.invalid"));
        refuses(
                () -> setup().fetch(List.of(Component.OVMF), "http://name.invalid/debian"),
                "http://name.invalid/debian/dists/trixie/InRelease: there is no host name.invalid"
                        + HINT);
    }

    @Test
    void password_in_an_address_is_not_shown() {
        assertThat(Web.shown("http://me:secret@host/debian/x@y"))
                .isEqualTo("http://host/debian/x@y");
        assertThat(Web.shown("http://host/debian/x@y")).isEqualTo("http://host/debian/x@y");
    }

    private Setup.Fetched fetch(List<Component> parts) throws IOException {
        return setup().fetch(parts, archive.url());
    }

    private Setup setup() {
        heard.clear();
        Listener listener =
                new Listener() {
                    @Override
                    public void step(String what) {
                        heard.add(what);
                    }

                    @Override
                    public void bytes(long done, long total) {
                        assertThat(done).isNotNegative();
                    }

                    @Override
                    public void note(String text) {
                        heard.add(text);
                    }
                };
        return new Setup(machine, apt, MadeArchive.keyring(), 1, listener);
    }

    /// The files in the folder; the parts' folders without their version.
    private List<String> kept() throws IOException {
        try (Stream<Path> all = Files.walk(machine.folder())) {
            return all.filter(path -> !Files.isDirectory(path) || Files.isSymbolicLink(path))
                    .map(path -> machine.folder().relativize(path).toString())
                    .map(path -> path.replaceFirst("^(qemu|ovmf)-[^/]*", "$1-"))
                    .sorted()
                    .toList();
        }
    }

    private void distrusts(String problem) {
        assertThatThrownBy(() -> fetch(BOTH))
                .isInstanceOf(UntrustedException.class)
                .hasMessage(archive.url() + "/dists/trixie/InRelease: " + problem);
        assertThat(machine.folder().resolve("qemu")).doesNotExist();
    }

    private static void refuses(ThrowingCallable what, String message) {
        assertThatThrownBy(what).isInstanceOf(ArchiveException.class).hasMessage(message);
    }
}
