package igdrom.web;

import igdrom.cli.Main;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.Terminal;
import igdrom.web.browser.Message;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What igdrom says on the command line.
record CommandLine(ExitCode code, String out) {
    /// Members with texts that name options on the command line, and labels on the page.
    private static final Set<String> WORDED =
            Set.of("remedies", "reason", "message", "next", "error", "fixes");

    static CommandLine run(String... arguments) {
        Terminal terminal = new Terminal(false, false, 0, StandardCharsets.UTF_8, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new Output(out, StandardCharsets.UTF_8, false),
                        new Output(err, StandardCharsets.UTF_8, false),
                        terminal);
        ExitCode code = Main.run(List.of(arguments), console);
        return new CommandLine(code, out.toString(StandardCharsets.UTF_8));
    }

    /// What it printed about one thing, to compare.
    String document() {
        Map<Object, Object> document = new LinkedHashMap<>(Message.parse(out).members());
        document.remove("schema");
        return comparable(document);
    }

    /// What it printed about the only file, to compare.
    String file() {
        return comparable(Message.parse(out).array("files").getFirst());
    }

    /// What the page has as JSON, to compare.
    static String comparable(String json) {
        return comparable(Message.parse(json).members());
    }

    /// A document as text: without what the two word differently, and with the name of a file in
    /// place of its path.
    private static String comparable(Object value) {
        return Message.print(stripped(value));
    }

    private static Object stripped(Object value) {
        if (value instanceof List<?> elements) {
            List<Object> array = new ArrayList<>();
            elements.forEach(element -> array.add(element == null ? "null" : stripped(element)));
            return array;
        }
        if (!(value instanceof Map<?, ?> members)) {
            return value;
        }
        Map<Object, Object> object = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            boolean path = name.equals("file") || name.equals("output");
            if (path && member instanceof String text) {
                object.put(name, text.substring(text.lastIndexOf('/') + 1));
            } else if (!WORDED.contains(String.valueOf(name))) {
                object.put(name, member == null ? "null" : stripped(member));
            }
        });
        return object;
    }
}
