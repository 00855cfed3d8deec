package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.driver.DriverReport.Entry;
import igdrom.driver.DriverReport.Outcome;
import igdrom.driver.DriverReport.PolicyMember;
import igdrom.driver.DriverReport.Step;
import igdrom.knowledge.TsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTableTest {
    private static final ReportTable TABLE = ReportTable.OURS;
    private static final Path PAGE = HostedC.DRIVER.resolve("../docs/driver-data.md");
    private static final String BEGIN =
            "<!-- Made from driver/src/main/resources/igdrom/driver/report.tsv; do not edit. -->\n";
    private static final String END = "<!-- End of what is made from report.tsv. -->\n";

    /// Prints the line of the debug port for each step, then for each outcome.
    private static final String QUESTIONS =
            """
            #include <stdio.h>
            #include "report.h"
            int main(void) {
                    char line[REPORT_LINE_MAX];
                    for (int step = 0; step <= STEP_LAST + 1; step++) {
                            report_line(&(ReportEntry){ .step = (Step) step, .outcome = OUTCOME_DONE }, line);
                            fputs(line, stdout);
                    }
                    for (int outcome = 0; outcome <= OUTCOME_LAST + 1; outcome++) {
                            report_line(&(ReportEntry){ .step = STEP_VBT, .outcome = (Outcome) outcome }, line);
                            fputs(line, stdout);
                    }
                    printf("%d %d %d\\n", POLICY_LID, POLICY_VBT, POLICY_DOCK);
                    return 0;
            }
            """;

    @TempDir Path directory = Path.of("");

    @Test
    void driver_and_table_agree_on_numbers_and_words() throws Exception {
        HostedC hosted = HostedC.in(directory);
        hosted.run(List.of(HostedC.DRIVER.resolve("tables").toString(), directory.toString()));
        Path program = hosted.compile(List.of("report.c"), QUESTIONS);
        List<String> expected = new ArrayList<>();
        expected.add("igdrom: ?: done 0x0 0x0");
        TABLE.steps().values().forEach(s -> expected.add("igdrom: " + s.word() + ": done 0x0 0x0"));
        expected.add("igdrom: ?: done 0x0 0x0");
        expected.add("igdrom: vbt: ? 0x0 0x0");
        TABLE.outcomes()
                .values()
                .forEach(o -> expected.add("igdrom: vbt: " + o.word() + " 0x0 0x0"));
        expected.add("igdrom: vbt: ? 0x0 0x0");
        expected.add(
                "%d %d %d"
                        .formatted(
                                PolicyMember.LID.number(),
                                PolicyMember.VBT.number(),
                                PolicyMember.DOCK.number()));
        assertThat(hosted.run(List.of(program.toString()))).isEqualTo(expected);
    }

    @Test
    void numbers_count_up_from_1() {
        int number = 0;
        for (ReportTable.Step step : TABLE.steps().values()) {
            assertThat(step.number()).isEqualTo(++number);
        }
        number = 0;
        for (ReportTable.Outcome outcome : TABLE.outcomes().values()) {
            assertThat(outcome.number()).isEqualTo(++number);
        }
    }

    @Test
    void constants_of_the_code_are_in_the_table() {
        for (Step step : Step.values()) {
            assertThat(step.number()).isPositive();
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(outcome.number()).isPositive();
        }
    }

    @Test
    void every_sentence_can_be_reached_and_filled() {
        for (ReportTable.Sentence sentence : TABLE.sentences()) {
            List<String> found = new ArrayList<>();
            for (long number : new long[] {0, 1, 2, 3, 7, 8, 0x7c80_0000L, -1}) {
                Entry entry = Entry.of(sentence.step(), sentence.outcome(), number, number);
                assertThat(entry.sentence()).doesNotContain("{", "}");
                if (entry.sentence().equals(ReportPattern.fill(sentence.pattern(), entry))) {
                    found.add(entry.sentence());
                }
            }
            assertThat(found).as(sentence.toString()).isNotEmpty();
        }
    }

    @Test
    void sentences_fill_value_and_detail() {
        says("DRIVER", "FOUND", 1, 1, "driver: version 1, from a ROM");
        says(
                "DEVICE",
                "FOUND",
                0x0300_000c_46d1_8086L,
                0x1_0213,
                "device: 8086:46d1, class 030000, revision 0c at 0001:02:02.3");
        says("GENERATION", "FOUND", 0x4e2d_4c44_41L, 1220, "generation: ADL-N, graphics 12.2");
        says(
                "STOLEN_SIZE",
                "FROM_DEVICE",
                64 << 20,
                0x304,
                "size of stolen memory: 64 MiB, from the device (GGC 0x0304)");
        says("VBT", "FOUND", 0x3_ffff, 0x10, "VBT: 0x10 bytes at +0x3ffff of the OpRegion");
        says("VBT", "FOUND", 0x4_0000, 0x10, "VBT: 0x10 bytes at address 0x40000");
        says(
                "OPREGION",
                "WITHOUT_VBT",
                7,
                0,
                "OpRegion: the hypervisor's has no VBT: other sources come first");
        says(
                "POLICY_ASKED",
                "NONE",
                0x10,
                3,
                "question for the policy: dock, asked from 0x10: not answered");
        says(
                "POLICY_ASKED",
                "DONE",
                0x10,
                9,
                "question for the policy: member 9, asked from 0x10: answered");
        says("UNDO", "PLACED", 1, 2, "stop: placed, 0x1, 0x2");
        assertThat(new Entry(6, 2, 0x8000_000eL, 0, 0).sentence())
                .isEqualTo(
                        "none: neither the hypervisor nor the ROM has one (EFI status 0x8000000e)");
    }

    private static void says(String step, String outcome, long value, long detail, String text) {
        Entry entry = Entry.of(step, outcome, value, detail);
        assertThat(entry.subject() + ": " + entry.sentence()).isEqualTo(text);
    }

    @Test
    void duplicate_rows_are_refused() {
        String columns = "step\toutcome\twhen\tnumber\tword\ttext\tvalue\tdetail\n";
        String row = "-\tFOUND\t-\t1\tfound\tpresent\t-\t-\n";
        TsvTable table =
                TsvTable.parse("report.tsv", columns + row + row, columns.strip().split("\t", -1));
        assertThatThrownBy(() -> ReportTable.of(table))
                .hasMessage("report.tsv, row -: FOUND is there twice");
    }

    /// `-Dgolden=write` renews the tables on the page.
    @Test
    void page_has_the_table() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(begin).isBetween(BEGIN.length(), end);
        String renewed = page.substring(0, begin) + tables() + page.substring(end);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, renewed);
        }
        assertThat(Files.readString(PAGE)).as("renewed by -Dgolden=write").isEqualTo(renewed);
    }

    private static String tables() {
        StringBuilder out = new StringBuilder();
        out.append(
                """

                | step | debug port | subject | value | detail |
                | --- | --- | --- | --- | --- |
                """);
        for (ReportTable.Step step : TABLE.steps().values()) {
            out.append(
                    "| %d | `%s` | %s | %s | %s |\n"
                            .formatted(
                                    step.number(),
                                    step.word(),
                                    step.subject(),
                                    step.value(),
                                    step.detail()));
        }
        out.append(
                """

                | outcome | debug port | meaning |
                | --- | --- | --- |
                """);
        for (ReportTable.Outcome outcome : TABLE.outcomes().values()) {
            out.append(
                    "| %d | `%s` | %s |\n"
                            .formatted(outcome.number(), outcome.word(), outcome.meaning()));
        }
        return out.append('\n').toString();
    }
}
