package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.Witness.Variable;
import java.util.List;

/// What igdrom's own driver says of itself.
final class ReportJudge {
    private final String prefix;
    private final Look look;

    ReportJudge(String prefix, Look look) {
        this.prefix = prefix;
        this.look = look;
    }

    void judge(List<Check> checks) {
        Variable variable = look.witness().variable();
        checks.add(
                new Check(
                        prefix + "report",
                        variable.status() == 0,
                        variable.status() == 0
                                ? "IgdromReport has " + variable.value().size() + " bytes"
                                : "there is no variable IgdromReport"));
    }
}
