package igdrom.web.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Builds the page: a program for the build.
public final class PageBuilder {
    private static final String ENTRY = "igdrom.web.Exports";
    private static final String ENGINE = "engine.wasm";

    /// The jars whose classes are in the engine, a line each. `./package` lists them as components.
    private static final String LIBRARIES = "libraries";

    private PageBuilder() {}

    /// Writes the page. The engine, which takes most of a minute, is compiled again only when a
    /// class or a resource has changed.
    ///
    /// @param arguments a directory for the engine and the list of its libraries, the page, the
    ///   version of igdrom, and the file with its licence
    public static void main(String[] arguments) throws IOException, UnsupportedCallException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        Path made = directory.resolve("made-from");
        Path engine = directory.resolve(ENGINE);
        String state = fingerprint(System.getProperty("java.class.path"));
        if (!Files.exists(engine) || !Files.exists(made) || !Files.readString(made).equals(state)) {
            Files.deleteIfExists(made);
            Files.write(
                    directory.resolve(LIBRARIES), EngineCompiler.compile(ENTRY, directory, ENGINE));
            Files.writeString(made, state);
        }
        String licence = Files.readString(Path.of(arguments[3]));
        Files.writeString(
                Path.of(arguments[1]),
                PageFile.of(Files.readAllBytes(engine), arguments[2], licence));
    }

    /// A hash of all that is on the class path.
    private static String fingerprint(String classPath) throws IOException {
        MessageDigest hash;
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        for (String element : classPath.split(":", -1)) {
            try (Stream<Path> below = Files.walk(Path.of(element))) {
                List<Path> files = below.filter(Files::isRegularFile).sorted().toList();
                for (Path file : files) {
                    hash.update(file.toString().getBytes(StandardCharsets.UTF_8));
                    hash.update(Files.readAllBytes(file));
                }
            }
        }
        return HexFormat.of().formatHex(hash.digest());
    }
}
