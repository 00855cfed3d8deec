package igdrom.driver;

import igdrom.driver.DriverReport.Entry;
import igdrom.knowledge.TsvTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The steps and outcomes of a report, and the sentence for each pair of them.
///
/// They are rows of `report.tsv`, from which the C driver gets its numbers and names too
/// (`report.awk`). A row without a step is an outcome, a row without an outcome is a step, a row
/// with both is a sentence.
///
/// @param steps by name: `STOLEN_SIZE`
/// @param outcomes by name: `FROM_FW_CFG`
/// @param sentences in the order in which they are tried
record ReportTable(
        Map<String, Step> steps, Map<String, Outcome> outcomes, List<Sentence> sentences) {
    private static final String NONE = "-";
    private static final int STEP = 0;
    private static final int OUTCOME = 1;
    private static final int CONDITION = 2;
    private static final int NUMBER = 3;
    private static final int WORD = 4;
    private static final int TEXT = 5;
    private static final int VALUE = 6;
    private static final int DETAIL = 7;

    /// The table of this driver.
    static final ReportTable OURS =
            of(
                    TsvTable.load(
                            ReportTable.class,
                            "report.tsv",
                            "step",
                            "outcome",
                            "when",
                            "number",
                            "word",
                            "text",
                            "value",
                            "detail"));

    /// What an entry is about.
    ///
    /// @param word as the driver writes it to the debug port
    /// @param subject as people read it
    /// @param value the meaning of an entry's value
    /// @param detail the meaning of an entry's detail
    record Step(int number, String word, String subject, String value, String detail) {}

    /// How a step ended.
    ///
    /// @param word as the driver writes it to the debug port
    record Outcome(int number, String word, String meaning) {}

    /// What an entry says, for one step and outcome.
    ///
    /// @param condition on the entry: `value=0`, `detail=1`, `value<0x40000` or `value=` and the
    ///   name of an outcome; null for every entry
    /// @param pattern with placeholders such as `{value}`, see [ReportPattern]
    record Sentence(String step, String outcome, @Nullable String condition, String pattern) {}

    static ReportTable of(TsvTable table) {
        Map<String, Step> steps = new LinkedHashMap<>();
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        List<Sentence> sentences = new ArrayList<>();
        for (TsvTable.Row row : table.rows()) {
            String step = row.text(STEP);
            String outcome = row.text(OUTCOME);
            if (step.equals(NONE)) {
                Outcome added = new Outcome(row.number(NUMBER), row.text(WORD), row.text(TEXT));
                if (outcomes.put(outcome, added) != null) {
                    throw row.broken(outcome + " is there twice");
                }
            } else if (outcome.equals(NONE)) {
                Step added =
                        new Step(
                                row.number(NUMBER),
                                row.text(WORD),
                                row.text(TEXT),
                                row.text(VALUE),
                                row.text(DETAIL));
                if (steps.put(step, added) != null) {
                    throw row.broken(step + " is there twice");
                }
            } else {
                sentences.add(
                        new Sentence(step, outcome, row.textOrNull(CONDITION), row.text(TEXT)));
            }
        }
        return new ReportTable(steps, outcomes, sentences);
    }

    /// The number of a step that code refers to.
    int stepNumber(String name) {
        Step step = steps.get(name);
        if (step == null) {
            throw new IllegalArgumentException("no step " + name);
        }
        return step.number();
    }

    /// The number of an outcome that code refers to.
    int outcomeNumber(String name) {
        Outcome outcome = outcomes.get(name);
        if (outcome == null) {
            throw new IllegalArgumentException("no outcome " + name);
        }
        return outcome.number();
    }

    /// Null for a step of a later driver.
    @Nullable Step step(Entry entry) {
        for (Step step : steps.values()) {
            if (step.number() == entry.stepNumber()) {
                return step;
            }
        }
        return null;
    }

    /// Null for an outcome of a later driver.
    @Nullable Outcome outcome(Entry entry) {
        for (Outcome outcome : outcomes.values()) {
            if (outcome.number() == entry.outcomeNumber()) {
                return outcome;
            }
        }
        return null;
    }

    /// What an entry says, without its status.
    String sentence(Entry entry) {
        Outcome outcome = outcome(entry);
        if (step(entry) == null || outcome == null) {
            return String.format(
                    "outcome %d, 0x%x, 0x%x (a later igdrom may know it)",
                    entry.outcomeNumber(), entry.value(), entry.detail());
        }
        for (Sentence sentence : sentences) {
            if (stepNumber(sentence.step()) == entry.stepNumber()
                    && outcomeNumber(sentence.outcome()) == entry.outcomeNumber()
                    && holds(sentence.condition(), entry)) {
                return ReportPattern.fill(sentence.pattern(), entry);
            }
        }
        return String.format("%s, 0x%x, 0x%x", outcome.word(), entry.value(), entry.detail());
    }

    private boolean holds(@Nullable String condition, Entry entry) {
        if (condition == null) {
            return true;
        }
        int operator = Math.max(condition.indexOf('='), condition.indexOf('<'));
        long found =
                switch (condition.substring(0, operator)) {
                    case "value" -> entry.value();
                    case "detail" -> entry.detail();
                    default -> throw new IllegalStateException("report.tsv: " + condition);
                };
        String operand = condition.substring(operator + 1);
        Outcome named = outcomes.get(operand);
        long limit = named != null ? named.number() : Long.decode(operand);
        return condition.charAt(operator) == '='
                ? found == limit
                : Long.compareUnsigned(found, limit) < 0;
    }
}
