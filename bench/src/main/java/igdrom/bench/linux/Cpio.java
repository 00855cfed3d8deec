package igdrom.bench.linux;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Writes an initramfs archive.
///
/// Spec: Linux, Documentation/driver-api/early-userspace/buffer-format.rst, "newc".
final class Cpio {
    private static final int DIRECTORY = 040755;
    private static final int PROGRAM = 0100755;
    private static final int LINK = 0120777;
    private static final int ALIGNMENT = 4;

    private final OutputStream out;
    private int files;

    Cpio(OutputStream out) {
        this.out = out;
    }

    Cpio directory(String name) throws IOException {
        return entry(name, DIRECTORY, Image.EMPTY);
    }

    /// Adds an executable file.
    Cpio file(String name, Image content) throws IOException {
        return entry(name, PROGRAM, content);
    }

    /// Adds a directory with everything in it, with links as they are.
    Cpio tree(String name, Path source) throws IOException {
        directory(name);
        List<Path> paths;
        try (Stream<Path> all = Files.walk(source)) {
            paths = all.filter(path -> !path.equals(source)).sorted().toList();
        }
        for (Path path : paths) {
            String inside = name + "/" + source.relativize(path);
            if (Files.isSymbolicLink(path)) {
                entry(inside, LINK, Image.ofAscii(Files.readSymbolicLink(path).toString()));
            } else if (Files.isDirectory(path)) {
                directory(inside);
            } else {
                file(inside, Image.load(path));
            }
        }
        return this;
    }

    /// Ends the archive.
    void end() throws IOException {
        entry("TRAILER!!!", 0, Image.EMPTY);
    }

    private Cpio entry(String name, int mode, Image content) throws IOException {
        Emitter header = new Emitter().ascii("070701");
        number(header, ++files);
        number(header, mode);
        number(header, 0); // user
        number(header, 0); // group
        number(header, 1); // links
        number(header, 0); // time
        number(header, content.size());
        number(header, 0); // major number of the device
        number(header, 0); // minor
        number(header, 0); // major number of a device file
        number(header, 0); // minor
        number(header, name.length() + 1L);
        number(header, 0); // checksum, unused by this format
        header.ascii(name).u8(0).align(ALIGNMENT, 0).toImage().writeTo(out);
        content.writeTo(out);
        new Emitter().fill(0, -content.size() & (ALIGNMENT - 1)).toImage().writeTo(out);
        return this;
    }

    private static void number(Emitter out, long value) {
        String digits = Long.toHexString(value);
        out.ascii("0".repeat(8 - digits.length())).ascii(digits);
    }
}
