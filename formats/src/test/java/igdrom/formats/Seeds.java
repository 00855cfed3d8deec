package igdrom.formats;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What fuzzing starts from: files made by our own builders, which `-Dgolden=write` renews.
public final class Seeds {
    private Seeds() {}

    /// Compares the seed of that name with what the builder makes today.
    public static void check(Class<?> fuzzTest, String method, String name, Image built)
            throws IOException {
        Path file =
                Path.of("src/test/resources", fuzzTest.getName().replace('.', '/') + "Inputs")
                        .resolve(method)
                        .resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.write(file, built.toByteArray());
        }
        assertThat(Image.load(file)).as("%s, renewed by -Dgolden=write", file).isEqualTo(built);
    }
}
