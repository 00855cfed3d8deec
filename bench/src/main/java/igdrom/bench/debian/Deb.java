package igdrom.bench.debian;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/// A package file: an `ar` archive with the format's version, what dpkg is told, and the files.
///
/// Spec: deb(5).
final class Deb {
    private static final int MEMORY_KIB = 256 * 1024;
    private static final int HEADER = 60;
    private static final Image MAGIC = Image.ofAscii("!<arch>\n");
    private static final Image HEADER_END = Image.ofAscii("`\n");

    private Deb() {}

    /// The `tar` archive of its files, unpacked on the way.
    static Stretch files(Path deb) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(deb), 1 << 16);
        try {
            return files(file, Files.size(deb), Place.root(deb.toString()));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    static Stretch files(InputStream deb, long size, Place place) throws IOException {
        return data(new Stretch(deb, size, place));
    }

    private static Stretch data(Stretch in) throws IOException {
        if (!in.image("Signature", 8).equals(MAGIC)) {
            throw malformed(in, 0, "Signature is not \"!<arch>\"");
        }
        String expected = "debian-binary";
        while (true) {
            long at = in.position();
            Image header = in.image("ar header", HEADER);
            if (!header.slice(58, 2).equals(HEADER_END)) {
                throw malformed(in, at, "the ar header's end is not \"`\\n\"");
            }
            String name = header.slice(0, 16).latin1().strip();
            long size = decimal(header.slice(48, 10).latin1().strip());
            if (size < 0) {
                throw malformed(in, at, "the size of " + name + " is not a number");
            }
            Stretch member = new Stretch(in, size, in.place().in(name, at + HEADER));
            if (expected.equals("debian-binary")) {
                if (!name.equals(expected) || size > 100) {
                    throw malformed(in, at, "the first member is " + name + ", not debian-binary");
                }
                if (!member.image("Version", (int) size).startsWith(Image.ofAscii("2."))) {
                    throw malformed(in, at, "the format is not 2.x");
                }
                expected = "";
            } else if (name.startsWith("data.tar")) {
                return unpacked(member, name);
            }
            member.skipRest();
            if (size % 2 != 0) {
                in.image("Padding", 1);
            }
        }
    }

    private static Stretch unpacked(Stretch member, String name) throws IOException {
        return new Stretch(plain(member, name), Long.MAX_VALUE, member.place().unpacked("tar"));
    }

    private static InputStream plain(Stretch member, String name) throws IOException {
        try {
            return switch (name) {
                case "data.tar" -> member;
                case "data.tar.gz" -> new GZIPInputStream(member, 1 << 16);
                case "data.tar.xz" -> new XZInputStream(member, MEMORY_KIB);
                default -> throw malformed(member, 0, name + " is packed in a way igdrom has not");
            };
        } catch (XZIOException | ZipException | EOFException e) {
            throw Stretch.unpacking(member.place(), 0, e);
        }
    }

    private static long decimal(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static MalformedImageException malformed(Stretch in, long at, String problem) {
        return new MalformedImageException(in.place(), at, problem + " (deb(5))");
    }
}
