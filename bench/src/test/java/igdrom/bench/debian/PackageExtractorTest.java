package igdrom.bench.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
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
    private static final MadeDeb GOOD =
            new MadeDeb()
                    .folder("./")
                    .folder("./usr/")
                    .folder("./usr/lib/")
                    .file("./usr/lib/libx.so.1.2", "library")
                    .link("./usr/lib/libx.so.1", "libx.so.1.2")
                    .program("./usr/bin/x", "#!/bin/sh\n")
                    .entry('1', "./usr/bin/y", "./usr/bin/x", Image.EMPTY, 0755)
                    .file("./usr/share/" + "long/".repeat(30) + "name", "long")
                    .link("./etc/alternatives/x", "/usr/bin/x")
                    .file("./usr/share/doc/x", "not wanted");

    @TempDir Path folder;
    private Path target = Path.of("");

    @BeforeEach
    void make_a_folder() throws IOException {
        target = Files.createDirectory(folder.resolve("target"));
    }

    @Test
    void wanted_files_come_out_of_every_kind_of_package() throws IOException {
        int at = 0;
        for (Image deb : List.of(GOOD.plain(), GOOD.gz(), GOOD.xz())) {
            target = Files.createDirectory(folder.resolve("target-" + at++));
            unpack(deb);
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
        Path tree = folder.resolve("tree");
        Path deep = Files.createDirectories(tree.resolve("usr/share/" + "folder/".repeat(20)));
        Files.writeString(deep.resolve("x".repeat(150)), "deep");
        Files.writeString(tree.resolve("usr/share/file"), "file");
        Files.createSymbolicLink(tree.resolve("usr/share/link"), Path.of("file"));
        Files.createDirectory(tree.resolve("DEBIAN"));
        Files.writeString(
                tree.resolve("DEBIAN/control"),
                "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: x\n");
        Path deb = folder.resolve("real.deb");
        Process process =
                new ProcessBuilder(
                                "dpkg-deb",
                                "--build",
                                "--root-owner-group",
                                tree.toString(),
                                deb.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        assertThat(process.waitFor()).isZero();
        new PackageExtractor(target, _ -> true, 1000).unpack(deb);
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
                    new MadeDeb().file(path, "evil"),
                    "+0x200: the path '" + path + "' leads elsewhere (tar(5))");
        }
    }

    @Test
    void link_out_of_its_folder_is_refused() {
        for (String to : List.of("/etc/passwd", "../x", "..", "a/b")) {
            refuses(
                    new MadeDeb().link("./usr/lib/x", to),
                    "+0x200: the link usr/lib/x leads out of its folder, to '" + to + "' (tar(5))");
        }
    }

    @Test
    void file_behind_a_link_is_refused() {
        refuses(
                new MadeDeb()
                        .file("./usr/lib/a/x", "")
                        .link("./usr/lib/b", "a")
                        .file("./usr/lib/b/y", "evil"),
                "+0x600: usr/lib/b/y lies behind a link (tar(5))");
    }

    @Test
    void link_to_what_was_not_unpacked_is_refused() {
        refuses(
                new MadeDeb().entry('1', "./usr/lib/x", "/etc/passwd", Image.EMPTY, 0644),
                "+0x200: the link usr/lib/x leads to '/etc/passwd', which was not unpacked"
                        + " (tar(5))");
    }

    @Test
    void devices_and_pipes_are_refused() {
        for (char type : new char[] {'3', '4', '6'}) {
            refuses(
                    new MadeDeb().entry(type, "./dev/x", "", Image.EMPTY, 0644),
                    "+0x200: it holds a device or a pipe (tar(5))");
        }
    }

    @Test
    void kinds_that_are_not_known_are_refused() {
        refuses(
                new MadeDeb().entry('x', "./x", "", Image.EMPTY, 0644),
                "+0x200: typeflag is 0x78, not one of 0-6, L, K (tar(5))");
    }

    @Test
    void file_that_is_there_twice_is_refused() {
        refuses(
                new MadeDeb().file("./usr/lib/x", "").file("usr/lib/x", ""),
                "+0x400: usr/lib/x is there twice (tar(5))");
    }

    @Test
    void more_bytes_than_allowed_are_refused_before_they_are_written() {
        refuses(
                new MadeDeb().file("./usr/lib/x", "1".repeat(101)),
                "+0x200: usr/lib/x has 101 bytes, 100 are allowed (tar(5))");
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
                        "cut.deb/data.tar@0xc4/tar! +0x400: cannot be unpacked: it ends before its"
                                + " end is marked");
    }

    @Test
    void long_names_have_an_end() {
        String path = "./usr/" + "long/".repeat(4000) + "name";
        refuses(new MadeDeb().file(path, "x"), "+0x4000: cannot be unpacked: a header is too long");
        MadeDeb many = new MadeDeb();
        for (int i = 0; i < 10_000; i++) {
            many.entry('L', "././@LongLink", "", Image.ofAscii("x"), 0);
        }
        refuses(many, "+0x4000: cannot be unpacked: a header is too long");
    }

    @Test
    void what_is_not_a_package_is_refused() {
        assertThatThrownBy(() -> walk(Image.ofAscii("PK".repeat(50)), "x.deb"))
                .hasMessage("x.deb +0x8: cannot be unpacked: Invalid header PKPKPKPK");
        assertThatThrownBy(() -> walk(Image.EMPTY, "x.deb"))
                .isInstanceOf(MalformedImageException.class);
        assertThatThrownBy(() -> walk(MadeDeb.deb("control.tar.xz", Image.EMPTY), "x.deb"))
                .hasMessage("x.deb +0xc4: cannot be unpacked: there is no data.tar");
    }

    @Test
    void other_packing_is_refused() {
        assertThatThrownBy(() -> walk(MadeDeb.deb("data.tar.zst", Image.ofAscii("x")), "x.deb"))
                .hasMessage(
                        "x.deb/data.tar.zst@0xc4 +0x0: cannot be unpacked: data.tar.zst is packed"
                                + " in a way igdrom has not");
    }

    @Test
    void broken_packing_is_refused() {
        assertThatThrownBy(() ->
                        walk(MadeDeb.deb("data.tar.xz", Image.ofAscii("x".repeat(100))), "x.deb"))
                .hasMessage(
                        "x.deb/data.tar.xz@0xc4 +0x0: cannot be unpacked: Input is not in the XZ"
                                + " format");
    }

    @Test
    void bruised_packages_read_or_are_refused() {
        MadeDeb small = new MadeDeb().file("./a", "text").link("./b", "a");
        for (Image deb : List.of(small.plain(), small.gz(), small.xz())) {
            Bruises.all(deb, bruised -> walk(bruised, "bruised.deb"));
        }
    }

    /// All bytes of all entries of a package, without unpacking them.
    static int walk(Image deb, String name) {
        int count = 0;
        byte[] buffer = new byte[1 << 12];
        try (Deb in = Deb.open(deb.stream(), Location.root(name))) {
            while (in.next() != null) {
                for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                    count += got;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    private void refuses(MadeDeb deb, String message) {
        assertThatThrownBy(() -> unpack(deb.plain()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(folder.resolve("made.deb") + "/data.tar@0xc4/tar! " + message);
        assertThat(folder.resolve("x")).doesNotExist();
    }

    private void unpack(Image deb) throws IOException {
        Path file = folder.resolve("made.deb");
        Files.write(file, deb.toByteArray());
        new PackageExtractor(
                        target, path -> !path.startsWith("etc") && !path.contains("/doc/"), 100)
                .unpack(file);
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
