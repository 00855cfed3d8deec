package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.json.JacksonFormat;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import igdrom.json.JsonFormat;
import igdrom.json.JsonObject;
import igdrom.report.Detail;
import igdrom.report.PageReport;
import igdrom.report.Report;
import igdrom.report.TestReport;
import igdrom.report.Wording;
import igdrom.report.html.Markup;
import igdrom.report.html.ReportMarkup;
import igdrom.report.json.ReportJson;
import igdrom.report.text.ReportText;
import igdrom.report.text.TextLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints reports as text or as JSON, as the options ask for.
///
/// @param trace whether failures are printed with their origin
record ReportPrinter(Console console, boolean json, Detail detail, boolean trace) {
    private static final JsonFormat FORMAT = new JacksonFormat();
    private static final Wording WORDING = new OptionWording();

    static ReportPrinter of(Arguments arguments, Console console) {
        return new ReportPrinter(
                console,
                arguments.has(Options.JSON),
                detail(arguments),
                arguments.has(Options.TRACE));
    }

    private static Detail detail(Arguments arguments) {
        if (arguments.has(Options.QUIET)) {
            return Detail.PROBLEMS;
        }
        return arguments.has(Options.ALL) ? Detail.ALL : Detail.SUMMARY;
    }

    /// The same for another console.
    ReportPrinter to(Console other) {
        return new ReportPrinter(other, json, detail, trace);
    }

    /// Prints the answer about one thing.
    ExitCode print(Report report) throws OutputException {
        if (json) {
            printDocument(ReportJson.of(report, detail, WORDING));
        } else {
            printText(report);
        }
        return complain(report);
    }

    /// Prints the answer about one of several files.
    ExitCode printElement(Report report) throws OutputException {
        if (json) {
            printJson(ReportJson.of(report, detail, WORDING));
        } else {
            printText(report);
        }
        return complain(report);
    }

    /// Prints the failure of one of several files.
    ExitCode printElement(String file, Failure failure) throws OutputException {
        if (json) {
            printJson(ReportJson.failure(file, failure.getMessage(), failure.code().number()));
        }
        failure.print(console, trace);
        return failure.code();
    }

    /// Prints an object as the only output of a command.
    void printDocument(JsonObject object) throws OutputException {
        printJson(ReportJson.document(object));
        console.out().newline();
    }

    /// The beginning of a document about several files.
    static String filesStart() {
        return ReportJson.filesStart(FORMAT);
    }

    /// An object as the content of a file.
    static byte[] document(JsonObject object) {
        return utf8(ReportJson.document(object), "\n");
    }

    /// A report as markup for a page.
    static List<Markup> markup(PageReport report) {
        return ReportMarkup.of(report, WORDING);
    }

    /// A test as markup for a page.
    ///
    /// @param picture as PNG, null when nothing was drawn
    static List<Markup> markup(TestReport report, @Nullable Image picture) {
        return ReportMarkup.of(report, picture, WORDING);
    }

    private void printText(Report report) throws OutputException {
        int columns = console.terminal().columns();
        TextLayout layout = new TextLayout(columns, console.out().unicode(), detail);
        console.out().styled(ReportText.of(report, layout, WORDING));
    }

    private void printJson(JsonObject object) throws OutputException {
        console.out().bytes(utf8(object, ""));
    }

    private static byte[] utf8(JsonObject object, String end) {
        String text = FORMAT.print(object, JsonFormat.Layout.COMPACT) + end;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ExitCode complain(Report report) throws OutputException {
        for (String problem : report.problems(WORDING)) {
            console.complain(problem);
        }
        return ExitCode.of(report.answer());
    }
}
