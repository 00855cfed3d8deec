package igdrom.plan.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProgramVersionTest {
    @Test
    void numbers_at_the_start_are_the_version() {
        assertThat(ProgramVersion.of("10.0.13+ds-0+deb13u1"))
                .isEqualTo(new ProgramVersion(10, 0, 13));
        assertThat(ProgramVersion.of("9")).isEqualTo(new ProgramVersion(9, 0, 0));
        assertThat(ProgramVersion.of("11.0.0-2").toString()).isEqualTo("11.0");
    }

    @Test
    void versions_are_ordered_by_number_not_by_digit() {
        assertThat(ProgramVersion.of("10.0")).isGreaterThan(ProgramVersion.of("9.2"));
        assertThat(ProgramVersion.of("10.0.13")).isGreaterThan(ProgramVersion.of("10.0.2"));
    }

    @Test
    void text_without_a_number_is_refused() {
        assertThatThrownBy(() -> ProgramVersion.of("newest"))
                .hasMessage("\"newest\" is not a version such as 10.0.2");
        assertThat(ProgramVersion.in("123456")).isEmpty();
    }

    @Test
    void addresses_are_hexadecimal_as_in_qemu() {
        assertThat(SlotAddress.ofQemu("02.0")).contains(SlotAddress.IGD);
        assertThat(SlotAddress.ofQemu("0x2")).contains(SlotAddress.IGD);
        assertThat(SlotAddress.ofQemu("0x1.0x2")).contains(new SlotAddress(1, 2));
        assertThat(SlotAddress.ofQemu("1f")).contains(SlotAddress.LPC);
        assertThat(SlotAddress.ofQemu("20")).isEmpty();
        assertThat(SlotAddress.ofQemu("2.8")).isEmpty();
    }
}
