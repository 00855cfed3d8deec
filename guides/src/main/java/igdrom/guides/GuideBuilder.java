package igdrom.guides;

import java.io.IOException;
import java.nio.file.Path;

/// Writes the documentation as HTML: a program for the build.
public final class GuideBuilder {
    private GuideBuilder() {}

    /// Writes the pages.
    ///
    /// @param arguments the root of the repository, the directory for the pages, and the version of
    ///   igdrom
    public static void main(String[] arguments) throws IOException {
        GuideSite.of(Path.of(arguments[0]), arguments[2]).write(Path.of(arguments[1]));
    }
}
