package igdrom.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceTest {
    /// A file of this package that always exists.
    private static final String NAME = "ResourceTest.class";

    @Test
    void resource_is_found_relative_to_a_class_or_from_the_root() {
        Image found = Resource.load(ResourceTest.class, NAME);
        assertThat(found.startsWith(Image.ofHex("cafebabe"))).isTrue();
        assertThat(Resource.load(String.class, "String.class")).isNotEqualTo(found);
        assertThat(Resource.load(ResourceTest.class, "/igdrom/bytes/" + NAME)).isEqualTo(found);
    }

    @Test
    void unpacked_file_takes_precedence(@TempDir Path directory) throws IOException {
        Image onClassPath = Resource.load(ResourceTest.class, NAME);
        String unpacked = directory.toString();
        assertThat(Resource.load(unpacked, ResourceTest.class, NAME)).isEqualTo(onClassPath);
        Files.createDirectories(directory.resolve("igdrom/bytes"));
        Files.writeString(directory.resolve("igdrom/bytes").resolve(NAME), "unpacked");
        Image found = Image.ofAscii("unpacked");
        assertThat(Resource.load(unpacked, ResourceTest.class, NAME)).isEqualTo(found);
        assertThat(Resource.load(unpacked, ResourceTest.class, "/igdrom/bytes/" + NAME))
                .isEqualTo(found);
    }

    @Test
    void missing_resource_is_reported() {
        assertThatThrownBy(() -> Resource.load(ResourceTest.class, "none.tsv"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("none.tsv is missing");
    }
}
