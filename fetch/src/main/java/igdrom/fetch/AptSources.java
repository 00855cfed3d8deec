package igdrom.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The mirrors of Debian's archive that this machine's apt uses.
///
/// Spec: sources.list(5), the one-line and the deb822 style. The files also list archives of
/// others, so an entry counts only if it names a suite of Debian and the component `main`; whether
/// the mirror really carries Debian is decided by the signature.
final class AptSources {
    /// Code names and aliases of the releases that a machine may still run.
    private static final Set<String> SUITES =
            Set.of(
                    "buster",
                    "bullseye",
                    "bookworm",
                    "trixie",
                    "forky",
                    "duke",
                    "sid",
                    "oldoldstable",
                    "oldstable",
                    "stable",
                    "testing",
                    "unstable");

    private AptSources() {}

    /// Their URLs without a trailing slash, in the order of the files.
    static List<String> mirrors(Environment environment) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        List<Path> files = new ArrayList<>();
        files.add(environment.at("/etc/apt/sources.list"));
        Path directory = environment.at("/etc/apt/sources.list.d");
        if (Files.isDirectory(directory)) {
            List<Path> sorted = new ArrayList<>();
            try (DirectoryStream<Path> entries =
                    Files.newDirectoryStream(directory, "*.{list,sources}")) {
                entries.forEach(sorted::add);
            }
            Collections.sort(sorted);
            files.addAll(sorted);
        }
        for (Path file : files) {
            if (Files.isReadable(file) && Files.isRegularFile(file)) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (file.toString().endsWith(".sources")) {
                    stanzas(text, found);
                } else {
                    lines(text, found);
                }
            }
        }
        return List.copyOf(found);
    }

    static void stanzas(String text, Set<String> found) throws IOException {
        for (Stanza stanza : Stanza.readAll(new BufferedReader(new StringReader(text)))) {
            String enabled = stanza.get("Enabled").toLowerCase(Locale.ROOT);
            if (words(stanza.get("Types")).contains("deb")
                    && !enabled.equals("no")
                    && !enabled.equals("false")) {
                for (String url : words(stanza.get("URIs"))) {
                    add(url, words(stanza.get("Suites")), words(stanza.get("Components")), found);
                }
            }
        }
    }

    static void lines(String text, Set<String> found) {
        for (String line : text.split("\n", -1)) {
            int comment = line.indexOf('#');
            String plain = (comment < 0 ? line : line.substring(0, comment)).strip();
            int open = plain.indexOf('[');
            int close = plain.indexOf(']');
            if (open > 0 && close > open && plain.substring(0, open).strip().equals("deb")) {
                plain = "deb " + plain.substring(close + 1);
            }
            List<String> words = words(plain);
            if (words.size() > 3 && words.getFirst().equals("deb")) {
                add(words.get(1), List.of(words.get(2)), words.subList(3, words.size()), found);
            }
        }
    }

    private static void add(
            String url, List<String> suites, List<String> components, Set<String> found) {
        boolean debian = false;
        for (String suite : suites) {
            int dash = suite.indexOf('-');
            debian |=
                    !suite.endsWith("-security")
                            && SUITES.contains(dash < 0 ? suite : suite.substring(0, dash));
        }
        if (debian
                && components.contains("main")
                && (url.startsWith("http://") || url.startsWith("https://"))) {
            found.add(Web.withoutSlash(url));
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
