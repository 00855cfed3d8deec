package igdrom.cli;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.DriverReport;
import igdrom.driver.DriverReport.Entry;
import igdrom.driver.DriverReport.Step;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// `igdrom report FILE…`.
final class ReportCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(CommandName.REPORT)
                .words(
                        "FILE",
                        "1..*",
                        "The guest's variable IgdromReport, with or without the four bytes"
                                + " that efivarfs puts before it.")
                .recursive()
                .json()
                .examples(
                        "igdrom report"
                            + " /sys/firmware/efi/efivars/IgdromReport-6f3c2a9e-51d7-4be8-9a04-d27b1c85e360");
    }

    @Override
    public ExitCode run(ParseResult options, Console console) throws IOException {
        return Batch.run(
                Options.inputs(options),
                console,
                options.hasMatchedOption("--json"),
                (_, file, to, json) -> report(file, to, json));
    }

    /// Done is done: that a step failed is what was asked for, and makes the answer no.
    private static ExitCode report(Path file, Console console, @Nullable Json json)
            throws IOException {
        Path name = file.getFileName();
        Diagnostics diagnostics = new Diagnostics();
        DriverReport report =
                DriverReport.read(
                        Image.load(file),
                        Location.root(name == null ? file.toString() : name.toString()),
                        diagnostics);
        if (json != null) {
            write(json, report, diagnostics);
        } else {
            print(console.out(), file, report, diagnostics);
        }
        for (Entry entry : report.entries()) {
            if (entry.isProblem()) {
                return ExitCode.NO;
            }
        }
        return ExitCode.OK;
    }

    private static void print(Output out, Path file, DriverReport report, Diagnostics diagnostics)
            throws OutputException {
        out.styled(Style.STRONG, file.toString())
                .line(": what igdrom's driver did, " + report.entries().size() + " steps");
        for (Entry entry : report.entries()) {
            boolean device = entry.is(Step.DEVICE);
            String subject = entry.subject();
            out.text(device ? "  " : "    ");
            out.styled(entry.isProblem() ? Style.BAD : Style.STRONG, subject);
            out.line(": " + entry.sentence());
        }
        if (report.lost() > 0) {
            out.line("  " + report.lost() + " more steps were dropped for lack of space");
        }
        for (Diagnostic diagnostic : diagnostics.list()) {
            out.line("  odd: " + diagnostic);
        }
    }

    private static void write(Json json, DriverReport report, Diagnostics diagnostics)
            throws OutputException {
        json.array("entries");
        for (Entry entry : report.entries()) {
            json.object()
                    .number("stepNumber", entry.stepNumber())
                    .text("step", entry.stepWord())
                    .number("outcomeNumber", entry.outcomeNumber())
                    .text("outcome", entry.outcomeWord())
                    .truth("bad", entry.isProblem())
                    .text("status", "0x" + Long.toHexString(entry.status()))
                    .text("value", "0x" + Long.toHexString(entry.value()))
                    .text("detail", "0x" + Long.toHexString(entry.detail()))
                    .text("words", entry.sentence())
                    .endObject();
        }
        json.endArray().number("lost", report.lost());
        ReportJson.diagnostics(json, diagnostics.list());
    }
}
