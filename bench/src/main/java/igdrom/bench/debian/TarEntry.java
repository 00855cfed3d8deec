package igdrom.bench.debian;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One entry of a `tar` archive: a header, and the file's bytes after it.
///
/// Spec: deb(5) and tar(5): ustar, and of GNU's additions the long names and big sizes.
///
/// @param path from the archive's root, without a slash at either end; empty is the root
/// @param target of a link
record TarEntry(Kind kind, String path, String target, long size, boolean executable) {
    static final int BLOCK = 512;
    private static final int LONGEST_NAME = 4096;
    private static final Image USTAR = Image.ofAscii("ustar");

    enum Kind {
        FILE,
        FOLDER,
        SYMLINK,
        HARD_LINK
    }

    /// The next entry, or null after the last; the stream is then at the file's bytes.
    static @Nullable TarEntry read(Stretch in) throws IOException {
        String longPath = "";
        String longTarget = "";
        while (true) {
            long at = in.position();
            Image header = in.image("tar header", BLOCK);
            if (header.isFilledWith(0)) {
                return null;
            }
            checkSum(in, at, header);
            long size = number(in, at, header.slice(124, 12), "size");
            int type = header.u8(156);
            switch (type) {
                case 'L' -> longPath = longName(in, at, size);
                case 'K' -> longTarget = longName(in, at, size);
                default -> {
                    Kind kind = kind(in, at, type);
                    String path = longPath.isEmpty() ? shortPath(header) : longPath;
                    String target = longTarget.isEmpty() ? text(header, 157, 100) : longTarget;
                    long mode = number(in, at, header.slice(100, 8), "mode");
                    return new TarEntry(
                            kind,
                            clean(in, at, path),
                            target,
                            kind == Kind.FILE ? size : 0,
                            (mode & 0100) != 0);
                }
            }
        }
    }

    private static Kind kind(Stretch in, long at, int type) {
        return switch (type) {
            case '0', 0 -> Kind.FILE;
            case '5' -> Kind.FOLDER;
            case '2' -> Kind.SYMLINK;
            case '1' -> Kind.HARD_LINK;
            case '3', '4', '6' -> throw malformed(in, at, "it holds a device or a pipe");
            default ->
                    throw malformed(
                            in,
                            at,
                            "typeflag is 0x"
                                    + Integer.toHexString(type)
                                    + ", not one of 0-6, L, K");
        };
    }

    private static String shortPath(Image header) {
        String name = text(header, 0, 100);
        if (!header.slice(257, 5).equals(USTAR) || header.u8(262) != 0) {
            return name;
        }
        String prefix = text(header, 345, 155);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String longName(Stretch in, long at, long size) throws IOException {
        if (size < 1 || size > LONGEST_NAME) {
            throw malformed(in, at, "a name of " + size + " bytes, the most is " + LONGEST_NAME);
        }
        int padded = (int) (size + BLOCK - 1) / BLOCK * BLOCK;
        return text(in.image("long name", padded), 0, (int) size);
    }

    private static String text(Image header, int offset, int size) {
        Image field = header.slice(offset, size);
        long end = 0;
        while (end < size && field.u8(end) != 0) {
            end++;
        }
        return field.slice(0, end).latin1();
    }

    /// Without a leading `./` and a trailing slash; never out of where it is unpacked.
    private static String clean(Stretch in, long at, String path) {
        String clean = path.startsWith("./") ? path.substring(2) : path;
        clean = clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
        if (clean.isEmpty() || clean.equals(".")) {
            return "";
        }
        for (String part : clean.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw malformed(in, at, "the path '" + path + "' leads elsewhere");
            }
        }
        return clean;
    }

    /// Octal digits, or big-endian binary when the first bit is set.
    private static long number(Stretch in, long at, Image field, String name) {
        long value = 0;
        if (field.u8(0) == 0x80) {
            for (int i = 1; i < field.size(); i++) {
                if (value >>> 55 != 0) {
                    throw malformed(in, at, name + " does not fit 63 bits");
                }
                value = value << 8 | field.u8(i);
            }
            return value;
        }
        boolean any = false;
        for (int i = 0; i < field.size(); i++) {
            int c = field.u8(i);
            if (c >= '0' && c <= '7') {
                value = value << 3 | (c - '0');
                any = true;
            } else if (c == 0 || c == ' ') {
                if (any) {
                    break;
                }
            } else {
                throw malformed(in, at, name + " is not an octal number");
            }
        }
        return value;
    }

    /// Of the header's bytes, its own field counted as blanks.
    private static void checkSum(Stretch in, long at, Image header) {
        long sum = 8 * ' ';
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? 0 : header.u8(i);
        }
        if (number(in, at, header.slice(148, 8), "chksum") != sum) {
            throw malformed(in, at, "chksum is not the header's sum");
        }
    }

    static MalformedImageException malformed(Stretch in, long at, String problem) {
        return new MalformedImageException(in.place(), at, problem + " (tar(5))");
    }
}
