package igdrom.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bench.MachineType;
import igdrom.plan.GuestMachine;
import org.junit.jupiter.api.Test;

class ValueTypeTest {
    @Test
    void machine_is_read_as_hypervisors_spell_it() {
        for (String text : new String[] {"q35", "Q35", "pc-q35-9.2", "pc-q35-10.0+pve1"}) {
            assertThat(Options.MACHINE.type().read(text)).as(text).isEqualTo(GuestMachine.Q35);
            assertThat(Options.TEST_MACHINE.type().read(text)).as(text).isEqualTo(MachineType.Q35);
        }
        for (String text : new String[] {"pc", "i440fx", "I440FX", "pc-i440fx-8.1"}) {
            assertThat(Options.MACHINE.type().read(text)).as(text).isEqualTo(GuestMachine.PC);
            assertThat(Options.TEST_MACHINE.type().read(text)).as(text).isEqualTo(MachineType.PC);
        }
        assertThatThrownBy(() -> Options.TEST_MACHINE.type().read("microvm"))
                .hasMessage("'microvm' is not q35 or pc");
    }

    @Test
    void hexadecimal_address_without_0x_is_refused_with_the_right_spelling() {
        assertThat(Options.STOLEN_BASE.type().read("0x4C800000")).isEqualTo(0x4c80_0000L);
        assertThat(Options.STOLEN_BASE.type().read("64M")).isEqualTo(64L << 20);
        for (String text : new String[] {"4C800000", "4c800000", "80000000"}) {
            assertThatThrownBy(() -> Options.STOLEN_BASE.type().read(text))
                    .hasMessage("'" + text + "' is hexadecimal without 0x: write 0x" + text);
        }
        for (String text : new String[] {"0x4c800001", "-1", "4G", "x"}) {
            assertThatThrownBy(() -> Options.STOLEN_BASE.type().read(text))
                    .hasMessage(
                            "'"
                                    + text
                                    + "' is not a multiple of 1 MiB below 4 GiB, such as 0x8d800000"
                                    + " or 64M");
        }
    }
}
