package igdrom.cli;

import igdrom.virtualigd.Picture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Where the picture goes: written aside first, then put under its name.
record Screenshot(Path file) {
    /// @throws Failure when the file exists and may not be replaced
    static Screenshot to(String name, boolean force) {
        Path file = Path.of(name);
        if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Failure(ExitCode.USAGE, file + " exists (--force replaces it)");
        }
        return new Screenshot(file);
    }

    void write(Picture picture) throws IOException {
        String name = ".igdrom-" + ProcessHandle.current().pid() + ".png";
        Path aside = file.resolveSibling(name);
        try {
            try (OutputStream out = Files.newOutputStream(aside)) {
                picture.png().writeTo(out);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
