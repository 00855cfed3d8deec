package igdrom.fetch.testing;

import igdrom.bytes.Image;
import igdrom.fetch.ArchiveException;
import igdrom.fetch.Bundle;
import igdrom.fetch.Environment;
import igdrom.fetch.Fetcher;
import igdrom.fetch.ProgressListener;
import igdrom.fetch.Relation;
import igdrom.fetch.TestFetchers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// A small archive on this machine, signed with a key that exists only for the tests.
public final class TestArchive implements AutoCloseable {
    private static final TestKey KEY = new TestKey();

    /// A program with its library, from the suite with newer packages.
    public static final Bundle TOOL =
            new Bundle(
                    "tool",
                    List.of(Relation.atLeast("tool", "1:1.5")),
                    List.of("tool-common", "rom"),
                    path -> path.startsWith("usr/"),
                    1_000_000,
                    (directory, _) -> {
                        if (!Files.isExecutable(directory.resolve("usr/bin/tool"))) {
                            throw new ArchiveException("the fetched tool does not run");
                        }
                        return "2.0";
                    });

    /// A package without dependencies.
    public static final Bundle DATA =
            new Bundle(
                    "data",
                    List.of(),
                    List.of("data"),
                    path -> path.startsWith("usr/share/data/"),
                    1_000_000,
                    (_, packages) -> packages.getFirst().version().text());

    public static final List<Bundle> BOTH = List.of(TOOL, DATA);
    public static final List<String> SUITES = List.of("trixie", "trixie-backports");

    public final FileServer server = new FileServer();
    public final Map<String, byte[]> files = server.files;
    public final List<String> requests = server.requests;
    public final Map<String, Integer> breaks = server.breaks;

    private final Map<String, List<String>> suites = new ConcurrentHashMap<>();
    private String validUntil = "Fri, 01 Jan 2100 00:00:00 UTC";
    private String codename = "";
    private boolean byHash = true;

    /// An archive without packages.
    public TestArchive() throws IOException {}

    /// The key that signs all archives of this class.
    public static TestKey key() {
        return KEY;
    }

    /// A fetcher that trusts the archives of this class.
    public static Fetcher fetcher(
            Environment environment, List<String> suites, ProgressListener listener) {
        return TestFetchers.trusting(KEY, environment, suites, listener);
    }

    /// An archive with the packages of [#TOOL] and [#DATA].
    public static TestArchive withTool() throws IOException {
        String stable = "trixie";
        String backports = "trixie-backports";
        return new TestArchive()
                .add(stable, "tool", "1:1.0", "misc", "", new TestPackage())
                .add(stable, "tool-common", "1:1.0", "misc", "", new TestPackage())
                .add(
                        stable,
                        "rom",
                        "1",
                        "misc",
                        "",
                        new TestPackage().file("./usr/share/tool/rom.bin", "x"))
                .add(
                        stable,
                        "data",
                        "2025.02-8",
                        "misc",
                        "",
                        new TestPackage()
                                .file("./usr/share/data/table", "table")
                                .file("./usr/share/doc/data/README", "not wanted"))
                .add(
                        stable,
                        "libc6",
                        "2.41",
                        "libs",
                        "",
                        new TestPackage().file("./usr/lib/libc.so.6", "y".repeat(200_000)))
                .add(
                        backports,
                        "tool",
                        "1:2.0",
                        "misc",
                        "libc6 (>= 2.38), tool-common (>> 1:2~), rom",
                        new TestPackage().program("./usr/bin/tool", "tool"))
                .add(
                        backports,
                        "tool-common",
                        "1:2.0",
                        "misc",
                        "",
                        new TestPackage().file("./usr/lib/tool/module.so", "module"))
                .publish();
    }

    /// Adds a package to a suite; takes effect with [#publish].
    public TestArchive add(
            String suite,
            String name,
            String version,
            String section,
            String depends,
            TestPackage contents) {
        Image bytes = contents.xz();
        String file = "pool/main/" + name + "_" + version.replace("1:", "") + "_amd64.deb";
        files.put("/debian/" + file, bytes.toByteArray());
        suites.computeIfAbsent(suite, _ -> new ArrayList<>())
                .add(
                        """
                        Package: %s
                        Version: %s
                        Section: %s
                        Depends: %s
                        Filename: %s
                        Size: %d
                        SHA256: %s
                        Installed-Size: 1
                        """
                                .formatted(
                                        name,
                                        version,
                                        section,
                                        depends,
                                        file,
                                        bytes.size(),
                                        bytes.sha256()));
        return this;
    }

    /// Lists a package with another size.
    public TestArchive setSize(String name, long size) {
        suites.values()
                .forEach(stanzas ->
                        stanzas.replaceAll(stanza ->
                                stanza.startsWith("Package: " + name + "\n")
                                        ? stanza.replaceFirst("Size: [0-9]+", "Size: " + size)
                                        : stanza));
        return this;
    }

    public TestArchive validUntil(String date) {
        validUntil = date;
        return publish();
    }

    public TestArchive codename(String name) {
        codename = name;
        return publish();
    }

    public TestArchive withoutByHash() {
        byHash = false;
        return publish();
    }

    /// Writes and signs the indexes of all suites.
    public TestArchive publish() {
        suites.forEach((suite, stanzas) -> {
            Image packages = compressed(String.join("\n", stanzas));
            String directory = "/debian/dists/" + suite;
            String index = directory + "/main/binary-amd64/";
            files.put(index + "Packages.xz", packages.toByteArray());
            if (byHash) {
                files.put(index + "by-hash/SHA256/" + packages.sha256(), packages.toByteArray());
            }
            String release =
                    """
                    Origin: Debian
                    Codename: %s
                    Date: Thu, 19 Nov 2026 02:12:54 UTC
                    Valid-Until: %s
                    Acquire-By-Hash: %s
                    SHA256:
                     %s %8d main/binary-amd64/Packages.xz
                    """
                            .formatted(
                                    codename.isEmpty() ? suite : codename,
                                    validUntil,
                                    byHash ? "yes" : "no",
                                    packages.sha256(),
                                    packages.size());
            files.put(
                    directory + "/InRelease",
                    KEY.sign(release).getBytes(StandardCharsets.US_ASCII));
        });
        return this;
    }

    public String url() {
        return server.address() + "/debian";
    }

    /// The path of the first file whose path contains `part`.
    public String path(String part) {
        return files.keySet().stream()
                .filter(path -> path.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /// Changes one byte of a file.
    public void damage(String part) {
        byte[] bytes = Objects.requireNonNull(files.get(path(part))).clone();
        bytes[bytes.length / 2] ^= 1;
        files.put(path(part), bytes);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static Image compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XZOutputStream out = new XZOutputStream(bytes, new LZMA2Options(0))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Image.of(bytes.toByteArray());
    }
}
