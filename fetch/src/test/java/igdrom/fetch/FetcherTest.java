package igdrom.fetch;

import static igdrom.fetch.testing.TestArchive.BOTH;
import static igdrom.fetch.testing.TestArchive.DATA;
import static igdrom.fetch.testing.TestArchive.SUITES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.MalformedImageException;
import igdrom.fetch.testing.TestArchive;
import igdrom.fetch.testing.TestKey;
import igdrom.fetch.testing.TestPackage;
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

class FetcherTest {
    @TempDir Path directory;

    private final List<String> progress = new ArrayList<>();
    private TestArchive archive;
    private Environment environment;
    private AptConfig apt = new AptConfig(Map.of());

    @BeforeEach
    void start_an_archive() throws IOException {
        archive = TestArchive.withTool();
        Path root = Files.createDirectory(directory.resolve("root"));
        environment = new Environment(root, directory.resolve("kept"), Map.of());
    }

    @AfterEach
    void stop_the_archive() throws IOException {
        archive.close();
    }

    @Test
    void bundles_are_fetched_with_their_libraries_and_only_wanted_files_are_kept()
            throws IOException {
        Fetched fetched = fetch(BOTH);
        assertThat(fetched.packages())
                .containsExactly(
                        "tool 1:2.0", "libc6 2.41", "tool-common 1:2.0", "rom 1", "data 2025.02-8");
        assertThat(fetched.mirror()).isEqualTo(archive.url());
        assertThat(find("tool").version()).isEqualTo("2.0");
        assertThat(find("data").version()).isEqualTo("2025.02-8");
        assertThat(find("data").packages()).hasSize(1);
        assertThat(storedFiles())
                .containsExactly(
                        "data",
                        "data-/igdrom-manifest",
                        "data-/usr/share/data/table",
                        "lock",
                        "tool",
                        "tool-/igdrom-manifest",
                        "tool-/usr/bin/tool",
                        "tool-/usr/lib/libc.so.6",
                        "tool-/usr/lib/tool/module.so",
                        "tool-/usr/share/tool/rom.bin");
        assertThat(progress)
                .containsExactly(
                        "asking " + archive.url(),
                        "reading the package lists",
                        "fetching 5 packages",
                        "extracting tool",
                        "extracting data");
    }

    @Test
    void second_fetch_replaces_the_first() throws IOException {
        fetch(BOTH);
        Path before = Files.readSymbolicLink(environment.directory().resolve("tool"));
        fetch(BOTH);
        assertThat(Files.readSymbolicLink(environment.directory().resolve("tool")))
                .isNotEqualTo(before);
        assertThat(environment.directory().resolve(before)).doesNotExist();
    }

    @Test
    void archive_without_by_hash_files_is_accepted() throws IOException {
        archive.files.keySet().removeIf(path -> path.contains("/by-hash/"));
        fetch(List.of(DATA));
        archive.withoutByHash();
        archive.requests.clear();
        fetch(List.of(DATA));
        assertThat(archive.requests).noneMatch(path -> path.contains("by-hash"));
    }

    @Test
    void mirrors_of_apt_are_tried_in_turn() throws IOException {
        Path sources = Files.createDirectories(environment.at("/etc/apt")).resolve("sources.list");
        Files.writeString(
                sources,
                "deb http://127.0.0.1:1/debian bookworm main\ndeb "
                        + archive.url()
                        + "/ trixie main\n");
        fetcher().fetch(List.of(DATA), "");
        assertThat(progress)
                .contains(
                        "http://127.0.0.1:1/debian/dists/trixie/InRelease: cannot connect to the"
                                + " server");
    }

    @Test
    void machine_without_a_mirror_is_asked_to_name_one() {
        refuses(
                () -> fetcher().fetch(BOTH, ""),
                "apt on this machine uses no mirror of Debian",
                ArchiveException.Remedy.NAME_MIRROR);
    }

    @Test
    void invalid_mirror_is_refused() {
        refuses(
                () -> fetcher().fetch(BOTH, archive.url() + "/x/"),
                archive.url()
                        + "/x/dists/trixie/InRelease: not found: this is not a mirror of Debian");
        refuses(
                () -> fetcher().fetch(BOTH, "ftp://host/debian"),
                "ftp://host/debian/dists/trixie/InRelease: not an http:// or https:// URL");
        refuses(
                () -> fetcher().fetch(BOTH, "http://name.invalid/debian"),
                "http://name.invalid/debian/dists/trixie/InRelease: unknown host name.invalid",
                ArchiveException.Remedy.CHECK_NETWORK);
        refuses(
                () -> fetcher().fetch(BOTH, "http://127.0.0.1:123456/debian"),
                "http://127.0.0.1:123456/debian/dists/trixie/InRelease: not an http:// or https://"
                        + " URL");
    }

    @Test
    void wrong_signature_is_refused() {
        String path = archive.path("trixie/InRelease");
        byte[] bytes = Objects.requireNonNull(archive.files.get(path));
        String changed =
                new String(bytes, StandardCharsets.US_ASCII)
                        .replace("Date: Thu, 19", "Date: Fri, 20");
        archive.files.put(path, changed.getBytes(StandardCharsets.US_ASCII));
        distrusts("the signature does not match: the file was changed after signing");
    }

    @Test
    void other_signer_is_refused() {
        archive.files.put(
                "/debian/dists/trixie/InRelease",
                new TestKey().sign("Origin: Debian\n").getBytes(StandardCharsets.US_ASCII));
        distrusts("not signed with a known key of Debian's archive");
    }

    @Test
    void expired_archive_is_refused_unless_apt_accepts_it() throws IOException {
        archive.validUntil("Sat, 01 Feb 2020 00:00:00 UTC");
        distrusts(
                "expired on 2020-02-01T00:00:00Z: the mirror is out of date, or this machine's"
                        + " clock is wrong");
        apt = AptConfig.of("Acquire::Check-Valid-Until \"false\";\n");
        fetch(List.of(DATA));
    }

    @Test
    void index_of_another_suite_is_refused() {
        archive.codename("bullseye");
        distrusts("Codename is 'bullseye', expected 'trixie'");
    }

    @Test
    void changed_index_and_changed_package_are_refused() throws IOException {
        archive.damage("by-hash");
        archive.damage("trixie/main/binary-amd64/Packages.xz");
        archive.damage("backports/main/binary-amd64/Packages.xz");
        assertThatThrownBy(() -> fetch(BOTH))
                .isInstanceOf(UntrustedException.class)
                .hasMessageMatching(".*/by-hash/SHA256/.*: SHA-256 is .*, expected .*");
        archive.publish();
        archive.damage("rom");
        assertThatThrownBy(() -> fetch(BOTH))
                .isInstanceOf(UntrustedException.class)
                .hasMessageStartingWith(archive.url() + "/pool/main/rom_1_amd64.deb: SHA-256 is ");
        assertThat(store().find("tool")).isEmpty();
    }

    @Test
    void package_longer_than_listed_is_refused() {
        String path = archive.path("rom");
        byte[] bytes = Objects.requireNonNull(archive.files.get(path));
        archive.files.put(path, Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> fetch(BOTH))
                .isInstanceOf(UntrustedException.class)
                .hasMessage(
                        archive.url()
                                + "/pool/main/rom_1_amd64.deb: longer than the "
                                + bytes.length
                                + " bytes listed in the index");
    }

    @Test
    void missing_package_is_reported() {
        archive.files.remove(archive.path("rom"));
        refuses(
                () -> fetch(BOTH),
                archive.url()
                        + "/pool/main/rom_1_amd64.deb: listed in the index but not found: the"
                        + " mirror is being updated, try again later");
    }

    @Test
    void interrupted_download_is_resumed() throws IOException {
        String path = archive.path("data");
        archive.breaks.put(path, 100);
        fetch(List.of(DATA));
        assertThat(archive.requests).contains(path, path + " from 100");
    }

    @Test
    void reason_of_a_further_attempt_is_reported() throws IOException {
        String path = archive.path("data");
        archive.breaks.put(path, 100);
        fetch(List.of(DATA));
        assertThat(progress)
                .contains(
                        archive.url().replace("/debian", path)
                                + ": transfer interrupted (Premature EOF), trying again");
    }

    @Test
    void redirects_are_followed_up_to_a_limit() throws IOException {
        archive.files.keySet().forEach(path -> archive.server.redirects.put("/moved" + path, path));
        fetcher().fetch(List.of(DATA), archive.url().replace("/debian", "/moved/debian"));
        archive.server.redirects.put(
                "/loop/dists/trixie/InRelease", "/loop/dists/trixie/InRelease");
        String loop = archive.url().replace("/debian", "/loop");
        refuses(
                () -> fetcher().fetch(List.of(DATA), loop),
                loop + "/dists/trixie/InRelease: more than 10 redirects");
        archive.server.redirects.put("/loop/dists/trixie/InRelease", "ftp://host/x");
        refuses(
                () -> fetcher().fetch(List.of(DATA), loop),
                "ftp://host/x: not an http:// or https:// URL");
    }

    @Test
    void packages_of_a_failed_fetch_are_reused() throws IOException {
        String missing = archive.path("rom");
        byte[] bytes = Objects.requireNonNull(archive.files.remove(missing));
        assertThatThrownBy(() -> fetch(BOTH)).isInstanceOf(ArchiveException.class);
        archive.files.put(missing, bytes);
        archive.requests.clear();
        fetch(BOTH);
        assertThat(archive.requests).contains(missing).noneMatch(path -> path.contains("libc6"));
        assertThat(environment.directory().resolve("downloads")).doesNotExist();
    }

    @Test
    void partial_download_of_another_file_is_discarded() throws IOException {
        Path downloads = Files.createDirectories(environment.directory().resolve("downloads"));
        String name = archive.path("data").substring("/debian/pool/main/".length());
        Files.writeString(downloads.resolve(name + ".part"), "something else");
        fetch(List.of(DATA));
        assertThat(find("data").directory().resolve("usr/share/data/table")).hasContent("table");
    }

    @Test
    void symbolic_link_named_like_a_download_is_not_followed() throws IOException {
        Path downloads = Files.createDirectories(environment.directory().resolve("downloads"));
        String name = archive.path("data").substring("/debian/pool/main/".length());
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Files.createSymbolicLink(downloads.resolve(name + ".part"), victim);
        assertThatThrownBy(() -> fetch(List.of(DATA))).isInstanceOf(IOException.class);
        assertThat(victim).hasContent("precious");
    }

    @Test
    void malicious_package_leaves_nothing() throws IOException {
        fetch(BOTH);
        List<String> before = storedFiles();
        archive.close();
        archive = new TestArchive();
        archive.add("trixie-backports", "x", "1", "misc", "", new TestPackage());
        archive.add(
                        "trixie",
                        "data",
                        "2026",
                        "misc",
                        "",
                        new TestPackage()
                                .file("./usr/share/data/table", "")
                                .file("./../../evil", ""))
                .publish();
        assertThatThrownBy(() -> fetch(List.of(DATA)))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageEndingWith("path './../../evil' leads elsewhere (tar(5))");
        assertThat(storedFiles())
                .containsAll(before)
                .noneMatch(path -> path.contains("unfinished"));
        assertThat(directory.resolve("evil")).doesNotExist();
        assertThat(find("data").directory().resolve("usr/share/data/table")).hasContent("table");
    }

    @Test
    void bundle_that_fails_its_check_does_not_replace_the_earlier_one() throws IOException {
        fetch(BOTH);
        Path before = Files.readSymbolicLink(environment.directory().resolve("tool"));
        archive.add(
                        "trixie",
                        "tool",
                        "1:3.0",
                        "misc",
                        "",
                        new TestPackage().file("./usr/bin/tool", "not executable"))
                .publish();
        refuses(() -> fetch(BOTH), "the fetched tool does not run");
        assertThat(Files.readSymbolicLink(environment.directory().resolve("tool")))
                .isEqualTo(before);
    }

    @Test
    void second_fetch_into_the_same_directory_is_refused() throws IOException {
        try (FileChannel lock = store().lock()) {
            assertThat(lock.isOpen()).isTrue();
            assertThatThrownBy(() -> fetch(BOTH))
                    .isInstanceOf(Store.BusyException.class)
                    .hasMessage("another igdrom is fetching into this directory");
        }
        fetch(BOTH);
    }

    @Test
    void fetch_that_exceeds_the_free_space_is_not_begun() throws IOException {
        archive.close();
        archive = new TestArchive();
        archive.add("trixie-backports", "x", "1", "misc", "", new TestPackage());
        archive.add("trixie", "data", "1", "misc", "", new TestPackage());
        archive.setSize("data", 1L << 60).publish();
        assertThatThrownBy(() -> fetch(List.of(DATA)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageMatching(
                        environment.directory()
                                + ": [0-9]+ MiB are free, 1099511627777 MiB may be needed");
        assertThat(archive.requests).noneMatch(path -> path.contains("/pool/"));
    }

    @Test
    void proxy_of_apt_or_of_the_environment_is_used() throws IOException {
        String proxy = archive.url().replace("/debian", "");
        apt = AptConfig.of("Acquire::http::Proxy \"" + proxy + "/\";\n");
        fetcher().fetch(List.of(DATA), "http://name.invalid/debian");
        apt = new AptConfig(Map.of());
        environment = withVariables(Map.of("http_proxy", proxy));
        fetcher().fetch(List.of(DATA), "http://name.invalid/debian");
        environment = withVariables(Map.of("http_proxy", proxy, "no_proxy", "localhost,.invalid"));
        refuses(
                () -> fetcher().fetch(List.of(DATA), "http://name.invalid/debian"),
                "http://name.invalid/debian/dists/trixie/InRelease: unknown host name.invalid",
                ArchiveException.Remedy.CHECK_NETWORK);
    }

    @Test
    void password_in_a_url_is_not_shown() {
        assertThat(Web.shown("http://me:secret@host/debian/x@y"))
                .isEqualTo("http://host/debian/x@y");
        assertThat(Web.shown("http://host/debian/x@y")).isEqualTo("http://host/debian/x@y");
    }

    private Fetched fetch(List<Bundle> bundles) throws IOException {
        return fetcher().fetch(bundles, archive.url());
    }

    private Fetcher fetcher() {
        progress.clear();
        ProgressListener listener =
                new ProgressListener() {
                    @Override
                    public void step(String description) {
                        progress.add(description);
                    }

                    @Override
                    public void bytes(long done, long total) {
                        assertThat(done).isNotNegative();
                    }

                    @Override
                    public void note(String text) {
                        progress.add(text);
                    }
                };
        return new Fetcher(
                environment, SUITES, apt, TestFetchers.keyring(TestArchive.key()), 1, listener);
    }

    private Environment withVariables(Map<String, String> variables) {
        return new Environment(environment.root(), environment.directory(), variables);
    }

    private Store store() {
        return new Store(environment.directory());
    }

    private Store.Entry find(String name) throws IOException {
        return store().find(name).orElseThrow();
    }

    /// The files in the store; directories of bundles without their id.
    private List<String> storedFiles() throws IOException {
        try (Stream<Path> paths = Files.walk(environment.directory())) {
            return paths.filter(path -> !Files.isDirectory(path) || Files.isSymbolicLink(path))
                    .map(path -> environment.directory().relativize(path).toString())
                    .map(path -> path.replaceFirst("^(tool|data)-[^/]*", "$1-"))
                    .sorted()
                    .toList();
        }
    }

    private void distrusts(String problem) {
        assertThatThrownBy(() -> fetch(BOTH))
                .isInstanceOf(UntrustedException.class)
                .hasMessage(archive.url() + "/dists/trixie/InRelease: " + problem);
        assertThat(environment.directory().resolve("tool")).doesNotExist();
    }

    private static void refuses(ThrowingCallable action, String message) {
        refuses(action, message, ArchiveException.Remedy.NONE);
    }

    private static void refuses(
            ThrowingCallable action, String message, ArchiveException.Remedy remedy) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(remedy))
                .hasMessage(message);
    }
}
