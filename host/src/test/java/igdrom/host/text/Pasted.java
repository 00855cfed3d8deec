package igdrom.host.text;

import igdrom.bytes.Image;
import igdrom.host.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Facts out of one text.
final class Pasted {
    static final String FILE = "pasted.txt";

    private Pasted() {}

    static HostTexts texts(String text) {
        return texts(Image.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    static HostTexts texts(Image contents) {
        return HostTexts.read(List.of(TextFile.of(FILE, contents)), NoJson.FORMAT, "a test");
    }

    static Snapshot snapshot(String text) {
        return texts(text).snapshot();
    }

    /// The kinds of text that the file was taken for.
    static List<String> kinds(String text) {
        return texts(text).files().getFirst().kinds();
    }

    /// The source of a fact: a line, from 1.
    static String line(int number) {
        return FILE + ":" + number;
    }
}
