package igdrom.bench.linux;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Writes an initramfs archive.
///
/// Spec: Linux, Documentation/driver-api/early-userspace/buffer-format.rst, "newc".
final class Cpio {
    private static final int DIRECTORY = 040755;
    private static final int PROGRAM = 0100755;
    private static final int ALIGNMENT = 4;

    private final Emitter out = new Emitter();
    private int files;

    Cpio directory(String name) {
        return entry(name, DIRECTORY, Image.EMPTY);
    }

    /// Adds an executable file.
    Cpio file(String name, Image content) {
        return entry(name, PROGRAM, content);
    }

    Image toImage() {
        entry("TRAILER!!!", 0, Image.EMPTY);
        return out.toImage();
    }

    private Cpio entry(String name, int mode, Image content) {
        out.ascii("070701");
        number(++files);
        number(mode);
        number(0); // user
        number(0); // group
        number(1); // links
        number(0); // time
        number(content.size());
        number(0); // major number of the device
        number(0); // minor
        number(0); // major number of a device file
        number(0); // minor
        number(name.length() + 1L);
        number(0); // checksum, unused by this format
        out.ascii(name).u8(0).align(ALIGNMENT, 0).image(content).align(ALIGNMENT, 0);
        return this;
    }

    private void number(long value) {
        String digits = Long.toHexString(value);
        out.ascii("0".repeat(8 - digits.length())).ascii(digits);
    }
}
