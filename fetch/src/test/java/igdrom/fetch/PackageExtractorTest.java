package igdrom.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.fetch.testing.TestPackage;
import igdrom.testing.Bruises;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageExtractorTest {
    private static final TestPackage GOOD =
            new TestPackage()
                    .directory("./")
                    .directory("./usr/")
                    .directory("./usr/lib/")
                    .file("./usr/lib/libx.so.1.2", "library")
                    .link("./usr/lib/libx.so.1", "libx.so.1.2")
                    .program("./usr/bin/x", "#!/bin/sh\n")
                    .entry('1', "./usr/bin/y", "./usr/bin/x", Image.EMPTY, 0755)
                    .file("./usr/share/" + "long/".repeat(30) + "name", "long")
                    .link("./etc/alternatives/x", "/usr/bin/x")
                    .file("./usr/share/doc/x", "not wanted");

    @TempDir Path directory;
    private Path target = Path.of("");

    @BeforeEach
    void make_a_target() throws IOException {
        target = Files.createDirectory(directory.resolve("target"));
    }

    @Test
    void wanted_files_are_extracted_from_every_supported_compression() throws IOException {
        int index = 0;
        for (Image deb : List.of(GOOD.plain(), GOOD.gz(), GOOD.xz())) {
            target = Files.createDirectory(directory.resolve("target-" + index++));
            extract(deb);
            assertThat(tree())
                    .containsExactly(
                            "usr/bin/x",
                            "usr/bin/y",
                            "usr/lib/libx.so.1",
                            "usr/lib/libx.so.1.2",
                            "usr/share/" + "long/".repeat(30) + "name");
            assertThat(target.resolve("usr/bin/y")).isExecutable().hasContent("#!/bin/sh");
            assertThat(target.resolve("usr/lib/libx.so.1")).isSymbolicLink().hasContent("library");
            assertThat(Files.isExecutable(target.resolve("usr/lib/libx.so.1.2"))).isFalse();
        }
    }

    @Test
    void dpkg_agrees_with_a_package_that_it_made() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/dpkg-deb"))).isTrue();
        Path tree = directory.resolve("tree");
        Path deep = Files.createDirectories(tree.resolve("usr/share/" + "folder/".repeat(20)));
        Files.writeString(deep.resolve("x".repeat(150)), "deep");
        Files.writeString(tree.resolve("usr/share/file"), "file");
        Files.createSymbolicLink(tree.resolve("usr/share/link"), Path.of("file"));
        Files.createDirectory(tree.resolve("DEBIAN"));
        Files.writeString(
                tree.resolve("DEBIAN/control"),
                "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: x\n");
        Path deb = directory.resolve("real.deb");
        Process process =
                new ProcessBuilder(
                                "dpkg-deb",
                                "--build",
                                "--root-owner-group",
                                tree.toString(),
                                deb.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        assertThat(process.waitFor()).isZero();
        new PackageExtractor(target, _ -> true, 1000).extract(deb);
        assertThat(tree())
                .containsExactly(
                        "usr/share/file",
                        "usr/share/" + "folder/".repeat(20) + "x".repeat(150),
                        "usr/share/link");
    }

    @Test
    void path_that_leads_elsewhere_is_refused() {
        for (String path : List.of("./../x", "/etc/passwd", "usr/../../x", "./usr//x", "..")) {
            refuses(
                    new TestPackage().file(path, "evil"),
                    "+0x200: path '" + path + "' leads elsewhere (tar(5))");
        }
    }

    @Test
    void link_out_of_its_directory_is_refused() {
        for (String to : List.of("/etc/passwd", "../x", "..", "a/b")) {
            refuses(
                    new TestPackage().link("./usr/lib/x", to),
                    "+0x200: link usr/lib/x leads out of its directory, to '" + to + "' (tar(5))");
        }
    }

    @Test
    void file_below_a_link_is_refused() {
        refuses(
                new TestPackage()
                        .file("./usr/lib/a/x", "")
                        .link("./usr/lib/b", "a")
                        .file("./usr/lib/b/y", "evil"),
                "+0x600: usr/lib/b/y is below a link (tar(5))");
    }

    @Test
    void hard_link_to_a_file_that_was_not_extracted_is_refused() {
        refuses(
                new TestPackage().entry('1', "./usr/lib/x", "/etc/passwd", Image.EMPTY, 0644),
                "+0x200: link usr/lib/x leads to '/etc/passwd', which was not extracted"
                        + " (tar(5))");
    }

    @Test
    void devices_and_pipes_are_refused() {
        for (char type : new char[] {'3', '4', '6'}) {
            refuses(
                    new TestPackage().entry(type, "./dev/x", "", Image.EMPTY, 0644),
                    "+0x200: the entry is a device or a pipe (tar(5))");
        }
    }

    @Test
    void unknown_entry_type_is_refused() {
        refuses(
                new TestPackage().entry('x', "./x", "", Image.EMPTY, 0644),
                "+0x200: typeflag is 0x78, expected 0-6, L or K (tar(5))");
    }

    @Test
    void duplicate_file_is_refused() {
        refuses(
                new TestPackage().file("./usr/lib/x", "").file("usr/lib/x", ""),
                "+0x400: duplicate path usr/lib/x (tar(5))");
    }

    @Test
    void oversized_file_is_refused_before_it_is_written() {
        refuses(
                new TestPackage().file("./usr/lib/x", "1".repeat(101)),
                "+0x200: size of usr/lib/x is 101, the maximum is 100 (tar(5))");
        assertThat(target.resolve("usr/lib/x")).doesNotExist();
    }

    @Test
    void truncated_package_is_refused() {
        for (Image deb : List.of(GOOD.plain(), GOOD.gz(), GOOD.xz())) {
            for (long size = 0; size < deb.size() - 1024; size += 50) {
                Image cut = deb.slice(0, size);
                assertThatThrownBy(() -> walk(cut, "cut.deb"))
                        .isInstanceOf(MalformedImageException.class)
                        .hasMessageContaining("cut.deb");
            }
        }
        assertThatThrownBy(() -> walk(GOOD.plain().slice(0, 1220), "cut.deb"))
                .hasMessage(
                        "cut.deb/data.tar@0xc4/tar! +0x400: cannot be decompressed: truncated:"
                                + " no end-of-archive entry");
    }

    @Test
    void length_of_names_is_limited() {
        String path = "./usr/" + "long/".repeat(4000) + "name";
        refuses(
                new TestPackage().file(path, "x"),
                "+0x4000: cannot be decompressed: the header is too long");
        TestPackage longNames = new TestPackage();
        for (int i = 0; i < 10_000; i++) {
            longNames.entry('L', "././@LongLink", "", Image.ofAscii("x"), 0);
        }
        refuses(longNames, "+0x4000: cannot be decompressed: the header is too long");
    }

    @Test
    void file_that_is_not_a_package_is_refused() {
        assertThatThrownBy(() -> walk(Image.ofAscii("PK".repeat(50)), "x.deb"))
                .hasMessage("x.deb +0x8: cannot be decompressed: Invalid header PKPKPKPK");
        assertThatThrownBy(() -> walk(Image.EMPTY, "x.deb"))
                .isInstanceOf(MalformedImageException.class);
        assertThatThrownBy(() -> walk(TestPackage.deb("control.tar.xz", Image.EMPTY), "x.deb"))
                .hasMessage("x.deb +0xc4: cannot be decompressed: data.tar is missing");
    }

    @Test
    void unsupported_compression_is_refused() {
        assertThatThrownBy(() -> walk(TestPackage.deb("data.tar.zst", Image.ofAscii("x")), "x.deb"))
                .hasMessage(
                        "x.deb/data.tar.zst@0xc4 +0x0: cannot be decompressed: data.tar.zst has an"
                                + " unsupported compression");
    }

    @Test
    void invalid_compressed_data_is_refused() {
        assertThatThrownBy(() ->
                        walk(
                                TestPackage.deb("data.tar.xz", Image.ofAscii("x".repeat(100))),
                                "x.deb"))
                .hasMessage(
                        "x.deb/data.tar.xz@0xc4 +0x0: cannot be decompressed: Input is not in the"
                                + " XZ format");
    }

    @Test
    void bruised_packages_read_or_are_refused() {
        TestPackage small = new TestPackage().file("./a", "text").link("./b", "a");
        for (Image deb : List.of(small.plain(), small.gz(), small.xz())) {
            Bruises.all(deb, bruised -> walk(bruised, "bruised.deb"));
        }
    }

    /// Reads all entries of a package; returns the number of their bytes.
    static int walk(Image deb, String name) {
        int count = 0;
        byte[] buffer = new byte[1 << 12];
        try (Deb in = Deb.open(deb.stream(), Location.root(name))) {
            while (in.next() != null) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    count += read;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    private void refuses(TestPackage deb, String message) {
        assertThatThrownBy(() -> extract(deb.plain()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(directory.resolve("made.deb") + "/data.tar@0xc4/tar! " + message);
        assertThat(directory.resolve("x")).doesNotExist();
    }

    private void extract(Image deb) throws IOException {
        Path file = directory.resolve("made.deb");
        Files.write(file, deb.toByteArray());
        new PackageExtractor(
                        target, path -> !path.startsWith("etc") && !path.contains("/doc/"), 100)
                .extract(file);
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> all = Files.walk(target)) {
            return all.filter(path -> !Files.isDirectory(path))
                    .map(path -> target.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
