package igdrom.cli.definition;

import igdrom.bytes.Image;
import igdrom.cli.files.Inputs;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// A file that a guest needs on its host.
///
/// @param path where it goes
/// @param executable whether it is a script
public record NeededFile(Path path, Image content, boolean executable) {
    /// Whether something else is at its path.
    boolean isTaken() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isThere();
    }

    /// Whether it is at its path already.
    boolean isThere() {
        return Files.isRegularFile(path) && Inputs.load(path).sha256().equals(content.sha256());
    }

    /// Whether it can be used as it is.
    boolean isUsable() {
        return isThere() && (!executable || Files.isExecutable(path));
    }
}
