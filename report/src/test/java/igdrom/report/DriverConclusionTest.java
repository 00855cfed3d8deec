package igdrom.report;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.driver.DriverReport;
import igdrom.driver.DriverReport.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each step that matters for the picture, taken out of a report in which all went well.
class DriverConclusionTest {
    private static final Entry DEVICE = Entry.of("DEVICE", "FOUND", 0x46d1_8086L, 0x10);
    private static final Entry STOLEN = Entry.of("STOLEN", "PLACED", 0x7c80_0000L, 0x400_0000);
    private static final Entry OPREGION = Entry.of("OPREGION", "FROM_ROM", 0x1e7f_0000L, 0x2000);
    private static final Entry VBT = Entry.of("VBT", "FOUND", 0x400, 1624);
    private static final Entry POLICY = Entry.of("GOP_POLICY", "DONE", 0x1e00_0000L, 1624);
    private static final Entry ASKED = Entry.of("POLICY_ASKED", "DONE", 0x1d00_0000L, 2);
    private static final List<Entry> WELL = List.of(DEVICE, STOLEN, OPREGION, VBT, POLICY, ASKED);

    private static DriverConclusion with(Entry old, Entry... others) {
        List<Entry> entries = new ArrayList<>(WELL);
        int at = entries.indexOf(old);
        entries.remove(at);
        entries.addAll(at, List.of(others));
        return DriverConclusion.of(entries);
    }

    @Test
    void guest_that_has_everything_leaves_the_picture_to_the_gop() {
        assertThat(DriverConclusion.of(WELL)).isEqualTo(DriverConclusion.GOP_ASKED);
        assertThat(with(ASKED)).isEqualTo(DriverConclusion.NO_GOP);
        assertThat(with(ASKED, Entry.of("POLICY_ASKED", "NONE", 0, 1)))
                .isEqualTo(DriverConclusion.NO_GOP);
    }

    @Test
    void what_is_missing_is_named() {
        assertThat(DriverConclusion.of(List.of())).isEqualTo(DriverConclusion.NO_DEVICE);
        assertThat(with(STOLEN, Entry.of("STOLEN", "FAILED", 0, 0x400_0000)))
                .isEqualTo(DriverConclusion.NO_STOLEN_MEMORY);
        assertThat(with(OPREGION, Entry.of("OPREGION", "NONE", 0, 0)))
                .isEqualTo(DriverConclusion.NO_OPREGION);
        assertThat(with(OPREGION, Entry.of("OPREGION", "FAILED", 0, 0x2000)))
                .isEqualTo(DriverConclusion.NO_MEMORY);
        assertThat(with(VBT, Entry.of("VBT", "NONE", 0, 0))).isEqualTo(DriverConclusion.NO_VBT);
        assertThat(with(POLICY, Entry.of("GOP_POLICY", "FAILED", 0, 0)))
                .isEqualTo(DriverConclusion.STEP_FAILED);
    }

    @Test
    void source_that_was_ignored_does_not_hide_the_one_that_was_used() {
        assertThat(with(OPREGION, Entry.of("OPREGION", "WITHOUT_VBT", 7, 0), OPREGION))
                .isEqualTo(DriverConclusion.GOP_ASKED);
        assertThat(with(STOLEN, Entry.of("STOLEN", "OCCUPIED", 0x7c80_0000L, 0x400_0000), STOLEN))
                .isEqualTo(DriverConclusion.GOP_ASKED);
    }

    @Test
    void registers_of_the_host_and_other_devices_have_an_answer_of_their_own() {
        assertThat(with(STOLEN, Entry.of("STOLEN", "NOT_EMULATED", 0x7c80_0001L, 1)))
                .isEqualTo(DriverConclusion.HOST_REGISTERS);
        assertThat(with(DEVICE, Entry.of("DEVICE", "UNKNOWN", 0xffff_8086L, 0x10)))
                .isEqualTo(DriverConclusion.UNKNOWN_DEVICE);
        assertThat(with(OPREGION, Entry.of("OPREGION", "VIRTUAL_FUNCTION", 0, 0)))
                .isEqualTo(DriverConclusion.VIRTUAL_FUNCTION);
        assertThat(with(ASKED, Entry.of("UNDO", "DONE", 0, 0))).isEqualTo(DriverConclusion.STOPPED);
        assertThat(with(ASKED, Entry.of("STOLEN", "DIFFERS", 0, 0x7c80_0000L)))
                .isEqualTo(DriverConclusion.REGISTER_DIFFERS);
    }

    @Test
    void second_start_on_the_same_device_changes_nothing() {
        List<Entry> twice = new ArrayList<>(WELL);
        twice.add(Entry.of("DEVICE", "IGNORED", 0x46d1_8086L, 0x10));
        assertThat(DriverConclusion.of(twice)).isEqualTo(DriverConclusion.GOP_ASKED);
    }

    @Test
    void report_says_no_where_a_picture_cannot_be_expected() {
        assertThat(answer(DEVICE, Entry.of("OPREGION", "NONE", 0, 0))).isEqualTo(Answer.NO);
        assertThat(answer(DEVICE, OPREGION, VBT)).isEqualTo(Answer.YES);
    }

    private static Answer answer(Entry... entries) {
        DriverReport report = new DriverReport(List.of(entries), 0);
        return Answers.driverSteps("report", report.image()).answer();
    }
}
