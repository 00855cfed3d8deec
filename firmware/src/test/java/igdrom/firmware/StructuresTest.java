package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StructuresTest {
    @Test
    void every_structure_is_in_the_table() throws Exception {
        assertThat(Structures.ALL)
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(implementationsOf(Structure.class));
    }

    @Test
    void every_format_of_whole_files_is_in_the_table() throws Exception {
        assertThat(Structures.WHOLE_FILES)
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(implementationsOf(WholeFile.class));
    }

    @Test
    void every_structure_has_a_signature() {
        for (Structure structure : Structures.ALL) {
            assertThat(structure.signatures()).as(structure.getClass().getName()).isNotEmpty();
        }
    }

    /// [Structures#read] finds the format of a whole file by its kind.
    @Test
    void no_two_rows_give_files_the_same_kind() {
        Set<FileKind> kinds = new HashSet<>();
        for (Structure structure : Structures.ALL) {
            structure.fileKind().ifPresent(kind -> assertThat(kinds.add(kind)).isTrue());
        }
        for (WholeFile format : Structures.WHOLE_FILES) {
            assertThat(kinds.add(format.kind())).isTrue();
        }
    }

    @Test
    void signature_of_one_byte_is_refused() {
        assertThatThrownBy(() -> new Signature(0, Image.ofHex("55")))
                .hasMessage("a signature has at least two bytes");
    }

    private static List<Class<?>> implementationsOf(Class<?> type)
            throws IOException, URISyntaxException {
        Path classes =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                        .resolve("igdrom/firmware");
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.equals("package-info.class")) {
                    Class<?> candidate = load(name.substring(0, name.length() - 6));
                    if (type.isAssignableFrom(candidate) && !candidate.isInterface()) {
                        found.add(candidate);
                    }
                }
            }
        }
        return found;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("igdrom.firmware." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
