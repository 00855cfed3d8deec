package igdrom.testing;

import igdrom.bytes.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.tukaani.xz.XZInputStream;

/// Real firmware images, which must not be committed.
///
/// The environment variable `IGDROM_CORPUS` names their directory. Tests that need an image are
/// skipped when it is missing.
public final class Corpus {
    private Corpus() {}

    /// The files of a directory of the corpus whose names end in one of `endings`, sorted by name.
    public static List<Path> files(String directory, String... endings) {
        Path root = root().resolve(directory);
        Assumptions.assumeTrue(Files.isDirectory(root), () -> "no corpus at " + root);
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(file -> endsWithOneOf(file, endings)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One file of the corpus, decompressed when its name ends in `.xz`.
    public static Image image(String name) {
        Path file = root().resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> "no corpus file " + file);
        return image(file);
    }

    /// One file of the corpus as it is.
    public static Path path(String name) {
        Path file = root().resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> "no corpus file " + file);
        return file.toAbsolutePath();
    }

    public static Image image(Path file) {
        try {
            if (!file.toString().endsWith(".xz")) {
                return Image.load(file);
            }
            try (XZInputStream in = new XZInputStream(Files.newInputStream(file))) {
                return Image.of(in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path root() {
        String directory = System.getenv("IGDROM_CORPUS");
        return Path.of(
                directory != null
                        ? directory
                        : System.getProperty("igdrom.corpus", "../shared/data"));
    }

    private static boolean endsWithOneOf(Path file, String... endings) {
        return endings.length == 0 || Stream.of(endings).anyMatch(file.toString()::endsWith);
    }
}
