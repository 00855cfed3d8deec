package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.files.NewFile;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Options;
import igdrom.report.html.Markup;
import igdrom.report.html.StaticPage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The page that `--html` writes: what a command found out about each file, in their order.
final class HtmlPage {
    private final NewFile file;
    private final Map<Integer, List<Markup>> parts = new ConcurrentSkipListMap<>();

    private HtmlPage(NewFile file) {
        this.file = file;
    }

    /// The page that the options ask for.
    ///
    /// @throws igdrom.cli.failure.Failure when its file exists and may not be replaced
    static Optional<HtmlPage> of(Arguments arguments) {
        return NewFile.of(arguments, Options.HTML).map(HtmlPage::new);
    }

    /// Adds what was found out about a file. Threads may do so at the same time.
    ///
    /// @param number of the file
    void add(int number, List<Markup> markup) {
        parts.put(number, markup);
    }

    /// Writes the page, unless there is nothing to say about any file.
    void write(String title) {
        if (parts.isEmpty()) {
            return;
        }
        List<Markup> body = new ArrayList<>();
        parts.values().forEach(body::addAll);
        String page = StaticPage.of(title, body, Version.text());
        file.write(Image.of(page.getBytes(StandardCharsets.UTF_8)));
    }
}
