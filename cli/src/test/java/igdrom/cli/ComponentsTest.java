package igdrom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `packaging/check-components` on a release that is made of its table, and then changed.
final class ComponentsTest {
    private static final Path PACKAGING =
            Path.of(System.getProperty("igdrom.root", "..")).resolve("packaging").toAbsolutePath();

    @TempDir Path work;

    private final List<String> components = new ArrayList<>();
    private final List<String> classes = new ArrayList<>(List.of("igdrom/cli/Main.class"));
    private final StringBuilder page = new StringBuilder();
    private final StringBuilder copyright = new StringBuilder();

    @BeforeEach
    void read_the_table() throws IOException {
        for (String program : List.of("jq", "unzip")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), program + " is not there");
        }
        for (String line : Files.readAllLines(PACKAGING.resolve("components.tsv"))) {
            if (!line.startsWith("#")) {
                add(line.split("\t", -1));
            }
        }
    }

    private void add(String... row) throws IOException {
        String[] name = row[0].split("/", -1);
        components.add(
                "{\"name\":\"%s\",\"version\":\"1\",\"licenses\":[{\"expression\":\"X\"}]%s}"
                        .formatted(
                                name[name.length - 1],
                                name.length == 1 ? "" : ",\"group\":\"" + name[0] + "\""));
        switch (row[1]) {
            case "igdrom.jar" -> classes.add(row[2] + "deep/Any.class");
            case "lib" -> write("tree/usr/lib/igdrom/lib/" + row[2], "");
            case "page" -> page.append("== ").append(row[2]).append(" ==\n");
            case "runtime" -> write("tree/usr/lib/igdrom/runtime/" + row[2], "licence");
            default -> throw new IllegalArgumentException(row[1]);
        }
        if (row[3].startsWith("licenses/")) {
            write("tree/usr/share/doc/igdrom/" + row[3], "licence");
        }
        copyright.append(row[4]).append('\n');
    }

    @Test
    void release_as_in_the_table_has_no_difference() throws IOException {
        assertThat(check()).isEmpty();
    }

    @Test
    void what_the_list_lacks_or_has_too_many_is_named() throws IOException {
        components.removeIf(component -> component.contains("\"jzlib\""));
        components.add("{\"group\":\"org.example\",\"name\":\"other\"}");
        assertThat(check())
                .isEqualTo(
                        """
                        the components of the list (< components.tsv, > the release):
                        < com.jcraft/jzlib
                        > org.example/other
                        other has no licence or no version in the list
                        """);
    }

    @Test
    void classes_and_jars_that_the_table_does_not_have_are_named() throws IOException {
        classes.removeIf(name -> name.startsWith("picocli/"));
        classes.add("org/example/Other.class");
        write("tree/usr/lib/igdrom/lib/other.jar", "");
        assertThat(check())
                .isEqualTo(
                        """
                        the packages in igdrom.jar (< components.tsv, > the release):
                        > org/example/
                        < picocli/
                        the jars in lib (< components.tsv, > the release):
                        > other.jar
                        """);
    }

    @Test
    void licences_that_are_missing_are_named() throws IOException {
        page.setLength(0);
        copyright.delete(0, copyright.indexOf("\n"));
        write("tree/usr/lib/igdrom/runtime/legal/java.base/LICENSE", "");
        write("tree/usr/share/doc/igdrom/licenses/commons-io/NOTICE.txt", "");
        assertThat(check())
                .contains(
                        "the page has no licence of com.jcraft/jzlib\n",
                        "the runtime has no licence of OpenJDK\n",
                        "info.picocli/picocli: copyright does not name Remko Popma\n",
                        "commons-io/commons-io: licenses/commons-io/NOTICE.txt is missing in"
                                + " /usr/share/doc\n");
    }

    /// What the check prints.
    private String check() throws IOException {
        write(
                "dist/igdrom-1.cdx.json",
                "{\"components\":[{\"group\":\"igdrom\",\"name\":\"bytes\"},"
                        + String.join(",", components)
                        + "]}");
        write("dist/igdrom-1.html", page.toString());
        write("tree/usr/share/doc/igdrom/copyright", copyright.toString());
        Path jar = work.resolve("tree/usr/lib/igdrom/igdrom.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : classes) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
        Process process =
                new ProcessBuilder(
                                PACKAGING.resolve("check-components").toString(),
                                work.resolve("dist").toString(),
                                work.resolve("tree").toString())
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void write(String name, String text) throws IOException {
        Path file = work.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
