package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Texts that are compared with files. `-Dgolden=write` renews them.
final class GoldenText {
    private GoldenText() {}

    static void check(String name, List<ConfigPart> parts) throws IOException {
        StringBuilder text = new StringBuilder();
        for (ConfigPart part : parts) {
            text.append("==== ").append(part.title()).append('\n');
            text.append("==== ").append(part.path()).append(' ').append(part.executable());
            text.append('\n').append(part.text()).append('\n');
        }
        check(name, text.toString());
    }

    static void check(String name, String text) throws IOException {
        Path file = Path.of("src/test/resources/igdrom/hypervisor").resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text)
                .as("%s, renewed by -Dgolden=write", file)
                .isEqualTo(Files.readString(file));
    }
}
