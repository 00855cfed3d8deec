package igdrom.web.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Builds the page: a program for the build.
public final class PageBuilder {
    private PageBuilder() {}

    /// Writes the page.
    ///
    /// @param arguments a directory for what is made on the way, the page, the version of igdrom,
    ///   and the file with its licence
    public static void main(String[] arguments) throws IOException, UnsupportedCallException {
        Path directory = Path.of(arguments[0]);
        byte[] wasm = EngineCompiler.compile("igdrom.web.Exports", directory);
        String page = PageFile.of(wasm, arguments[2], Files.readString(Path.of(arguments[3])));
        Files.writeString(Path.of(arguments[1]), page);
    }
}
