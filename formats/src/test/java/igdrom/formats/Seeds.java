package igdrom.formats;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Seed files of the fuzz tests, made by our own builders. `-Dgolden=write` renews them.
public final class Seeds {
    private Seeds() {}

    /// Compares the seed file with the present output of the builder.
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
