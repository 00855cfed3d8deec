package igdrom.cli.commands;

import igdrom.bench.Outcome;
import igdrom.bench.TestMachine;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.judge.Verdict;
import igdrom.cli.output.Json;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.Style;
import igdrom.knowledge.Knowledge;
import igdrom.virtualigd.IgdModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `igdrom test` says.
record TestReport(Path file, TestMachine setting, Outcome outcome, Optional<Path> screenshot) {
    private static final int FEWEST_COLUMNS = 16;

    void print(Output out) throws OutputException {
        IgdModel gpu = setting.gpus().getFirst();
        String name =
                Knowledge.platformOf(gpu.id())
                        .map(platform -> ", " + platform.codename())
                        .orElse(", an unknown device");
        out.styled(Style.STRONG, file.toString())
                .line(
                        " on a virtual "
                                + gpu.id()
                                + name
                                + ", machine "
                                + setting.machine().qemuName());
        int columns = FEWEST_COLUMNS;
        for (Check check : outcome.verdict().checks()) {
            columns = Math.max(columns, check.id().length());
        }
        for (Check check : outcome.verdict().checks()) {
            check(out, check, columns + 2);
        }
        for (String what : outcome.verdict().notProved()) {
            out.text("  ").styled(Style.FAINT, "?").line(" not proved: " + what);
        }
        if (screenshot.isPresent()) {
            out.line("  the picture is in " + screenshot.get());
        }
        long failed = outcome.verdict().checks().stream().filter(check -> !check.ok()).count();
        if (outcome.verdict().passed()) {
            out.styled(Style.GOOD, "pass")
                    .line(": all " + outcome.verdict().checks().size() + " checks hold");
        } else {
            out.styled(Style.BAD, "fail")
                    .line(
                            ": "
                                    + failed
                                    + " of "
                                    + outcome.verdict().checks().size()
                                    + " checks do not hold");
        }
    }

    private static void check(Output out, Check check, int columns) throws OutputException {
        String mark = check.ok() ? out.unicode() ? "\u2713" : "+" : out.unicode() ? "\u2717" : "x";
        String padding = " ".repeat(columns - check.id().length());
        out.text("  ")
                .styled(check.ok() ? Style.GOOD : Style.BAD, mark)
                .line(" " + check.id() + padding + check.evidence());
    }

    void write(Json json) throws OutputException {
        Verdict verdict = outcome.verdict();
        json.text("file", file.toString())
                .text("verdict", verdict.passed() ? "pass" : "fail")
                .text("device", setting.gpus().getFirst().id().toString())
                .text("machine", setting.machine().qemuName());
        json.array("checks");
        for (Check check : verdict.checks()) {
            json.object()
                    .text("id", check.id())
                    .truth("ok", check.ok())
                    .text("evidence", check.evidence())
                    .endObject();
        }
        json.endArray().array("notProved");
        for (String what : verdict.notProved()) {
            json.text(what);
        }
        json.endArray();
        List<Observations.Look> looks = outcome.seen().looks();
        if (looks.isEmpty()) {
            json.nothing("asls").nothing("bdsm");
        } else {
            Observations.Gpu gpu = looks.getLast().gpus().getFirst();
            json.text("asls", "0x" + Long.toHexString(gpu.asls()))
                    .text("bdsm", "0x" + Long.toHexString(gpu.bdsm()));
        }
        json.text("screenshot", screenshot.map(Path::toString).orElse(null));
    }
}
