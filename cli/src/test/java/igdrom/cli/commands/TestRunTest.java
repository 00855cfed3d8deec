package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.Diagnosis;
import igdrom.bench.judge.Verdict;
import igdrom.formats.pci.PciId;
import igdrom.report.TestCause;
import igdrom.report.TestRemedy;
import igdrom.report.TestReport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestRunTest {
    @Test
    void every_cause_has_a_text() {
        for (Diagnosis.Cause cause : Diagnosis.Cause.values()) {
            TestCause text = TestCause.of(cause.name(), "DETAIL");
            assertThat(text.what()).isNotBlank().doesNotContain("%");
            assertThat(text.likely()).isNotBlank().doesNotContain("%");
        }
    }

    @Test
    void every_remedy_is_spelled() {
        for (TestRemedy remedy : TestRemedy.values()) {
            assertThat(new OptionWording().remedy(remedy, PciId.intel(0x46d1), "igd.rom"))
                    .isNotBlank();
        }
    }

    @Test
    void every_kind_of_verdict_is_reported() {
        assertThat(Stream.of(TestReport.Verdict.values()).map(Enum::name))
                .containsAll(Stream.of(Verdict.Kind.values()).map(Enum::name).toList());
    }
}
