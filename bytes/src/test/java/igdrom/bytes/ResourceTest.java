package igdrom.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceTest {
    /// A file in this package that is always there.
    private static final String NAME = "ResourceTest.class";

    @Test
    void file_is_found_by_its_class_or_from_the_root() {
        Image found = Resource.load(ResourceTest.class, NAME);
        assertThat(found.startsWith(Image.ofHex("cafebabe"))).isTrue();
        assertThat(Resource.load(String.class, "String.class")).isNotEqualTo(found);
        assertThat(Resource.load(ResourceTest.class, "/igdrom/bytes/" + NAME)).isEqualTo(found);
    }

    @Test
    void file_that_lies_unpacked_is_taken_from_there(@TempDir Path folder) throws IOException {
        Image packed = Resource.load(ResourceTest.class, NAME);
        String decompressed = folder.toString();
        assertThat(Resource.load(decompressed, ResourceTest.class, NAME)).isEqualTo(packed);
        Files.createDirectories(folder.resolve("igdrom/bytes"));
        Files.writeString(folder.resolve("igdrom/bytes").resolve(NAME), "unpacked");
        Image found = Image.ofAscii("unpacked");
        assertThat(Resource.load(decompressed, ResourceTest.class, NAME)).isEqualTo(found);
        assertThat(Resource.load(decompressed, ResourceTest.class, "/igdrom/bytes/" + NAME))
                .isEqualTo(found);
    }

    @Test
    void file_that_is_not_there_is_said() {
        assertThatThrownBy(() -> Resource.load(ResourceTest.class, "none.tsv"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("none.tsv is missing");
    }
}
