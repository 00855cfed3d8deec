package igdrom.bench.setup;

import igdrom.bench.debian.Keyring;
import igdrom.bench.debian.MadeDeb;
import igdrom.bench.debian.MadeKey;
import igdrom.bytes.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// A small archive on this machine, with packages that are as much of QEMU as a test needs, signed
/// by a key that is thrown away.
final class MadeArchive implements AutoCloseable {
    private static final MadeKey KEY = new MadeKey();
    private static final String LIBRARIES = "./usr/lib/x86_64-linux-gnu/";

    final FileServer server = new FileServer();
    final Map<String, byte[]> files = server.files;
    final List<String> asked = server.asked;
    final Map<String, Integer> breaks = server.breaks;

    private final Map<String, List<String>> suites = new ConcurrentHashMap<>();
    private String validUntil = "Fri, 01 Jan 2100 00:00:00 UTC";
    private String codename = "";
    private boolean byHash = true;

    MadeArchive() throws IOException {}

    static Keyring keyring() {
        return KEY.keyring();
    }

    /// What a QEMU of version 11.1.3 needs, and OVMF.
    static MadeArchive withQemu() throws IOException {
        return withQemu("11.1.3");
    }

    static MadeArchive withQemu(String version) throws IOException {
        MadeArchive archive = new MadeArchive();
        archive.add("trixie", "qemu-system-x86", "1:10.0", "otherosfs", "", new MadeDeb());
        archive.add("trixie", "qemu-system-common", "1:10.0", "otherosfs", "", new MadeDeb());
        archive.add("trixie", "qemu-system-data", "1:10.0", "otherosfs", "", new MadeDeb());
        archive.add(
                "trixie",
                "seabios",
                "1",
                "misc",
                "",
                new MadeDeb().file("./usr/share/seabios/vgabios.bin", "x"));
        archive.add(
                "trixie",
                "ovmf",
                "2025.02-8",
                "misc",
                "",
                new MadeDeb()
                        .file("./usr/share/OVMF/OVMF_CODE_4M.fd", "code")
                        .file("./usr/share/OVMF/OVMF_VARS_4M.fd", "vars")
                        .file("./usr/share/OVMF/OVMF_CODE_4M.secboot.fd", "not wanted"));
        archive.add(
                "trixie",
                "libc6",
                "2.41",
                "libs",
                "",
                new MadeDeb()
                        .program(
                                LIBRARIES + "ld-linux-x86-64.so.2",
                                """
                                #!/bin/sh
                                case "$*" in
                                *--version*) echo "QEMU emulator version %s (Debian 1:%s)" ;;
                                *vfio-user-pci,help*) echo "vfio-user-pci options:" ;;
                                esac
                                """
                                        .formatted(version, version))
                        .file(LIBRARIES + "libc.so.6", "y".repeat(200_000))
                        .file(LIBRARIES + "gconv/X.so", "not wanted"));
        archive.add(
                "trixie-backports",
                "qemu-system-x86",
                "1:11.1.3",
                "otherosfs",
                "libc6 (>= 2.38), qemu-system-common (>> 1:11~), qemu-system-data (>> 1:11~),"
                        + " seabios",
                new MadeDeb().program("./usr/bin/qemu-system-x86_64", "qemu"));
        archive.add(
                "trixie-backports",
                "qemu-system-common",
                "1:11.1.3",
                "otherosfs",
                "",
                new MadeDeb().file(LIBRARIES + "qemu/accel-tcg-x86_64.so", "tcg"));
        archive.add(
                "trixie-backports",
                "qemu-system-data",
                "1:11.1.3",
                "otherosfs",
                "",
                new MadeDeb()
                        .file("./usr/share/qemu/kvmvapic.bin", "rom")
                        .file("./usr/share/qemu/skiboot.lid", "not wanted"));
        return archive.publish();
    }

    MadeArchive add(
            String suite,
            String name,
            String version,
            String section,
            String depends,
            MadeDeb deb) {
        Image bytes = deb.xz();
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

    /// Says of a package that it has so many bytes.
    MadeArchive setSize(String name, long size) {
        suites.values()
                .forEach(stanzas ->
                        stanzas.replaceAll(one ->
                                one.startsWith("Package: " + name + "\n")
                                        ? one.replaceFirst("Size: [0-9]+", "Size: " + size)
                                        : one));
        return this;
    }

    MadeArchive validUntil(String date) {
        validUntil = date;
        return publish();
    }

    MadeArchive codename(String name) {
        codename = name;
        return publish();
    }

    MadeArchive withoutHashes() {
        byHash = false;
        return publish();
    }

    MadeArchive publish() {
        suites.forEach((suite, stanzas) -> {
            Image packages = packed(String.join("\n", stanzas));
            String folder = "/debian/dists/" + suite;
            String index = folder + "/main/binary-amd64/";
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
            files.put(folder + "/InRelease", KEY.sign(release).getBytes(StandardCharsets.US_ASCII));
        });
        return this;
    }

    String url() {
        return server.address() + "/debian";
    }

    /// The path of the one file whose name holds this.
    String path(String part) {
        return files.keySet().stream()
                .filter(path -> path.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /// Changes one byte of a file.
    void damage(String part) {
        byte[] bytes = Objects.requireNonNull(files.get(path(part))).clone();
        bytes[bytes.length / 2] ^= 1;
        files.put(path(part), bytes);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static Image packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XZOutputStream out = new XZOutputStream(bytes, new LZMA2Options(0))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Image.of(bytes.toByteArray());
    }
}
