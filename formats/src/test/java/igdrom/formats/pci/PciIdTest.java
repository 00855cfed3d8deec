package igdrom.formats.pci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PciIdTest {
    @Test
    void id_is_read_and_written_as_lspci_prints_it() {
        assertThat(PciId.of("8086:46D4")).isEqualTo(PciId.intel(0x46d4)).hasToString("8086:46d4");
    }

    @Test
    void id_in_another_form_is_refused_with_an_example() {
        assertThatThrownBy(() -> PciId.of("46d4"))
                .hasMessage("\"46d4\" is not a PCI id like 8086:46d4 (lspci -nn shows it)");
    }

    @Test
    void id_may_have_0x_before_its_numbers() {
        assertThat(PciId.of("0x8086:0x00a0")).hasToString("8086:00a0");
        for (String text : new String[] {"8086:", ":46d4", "8086:46d", "8086:46d4:", "+086:46d4"}) {
            assertThatThrownBy(() -> PciId.of(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ids_sort_by_vendor_then_device() {
        assertThat(PciId.of("8086:0102"))
                .isLessThan(PciId.of("8086:46d4"))
                .isGreaterThan(PciId.of("1234:ffff"));
    }
}
