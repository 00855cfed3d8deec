package igdrom.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.formats.pci.PciId;
import org.junit.jupiter.api.Test;

class DeviceIdTest {
    private static final PciId ADL_N = PciId.intel(0x46d1);

    @Test
    void id_is_read_in_every_form_that_tools_and_people_write() {
        for (String text :
                new String[] {
                    "8086:46d1",
                    "8086:46D1",
                    "46d1",
                    "46D1",
                    "0x46d1",
                    "[8086:46d1]",
                    "0x8086:0x46d1",
                    "0X8086:0X46D1"
                }) {
            assertThat(DeviceId.of(text)).as(text).isEqualTo(new DeviceId(ADL_N, 0, null));
            assertThat(DeviceId.idOf(text)).as(text).isEqualTo(ADL_N);
        }
        assertThat(DeviceId.of("8086:46d1:0c")).isEqualTo(new DeviceId(ADL_N, 12, null));
        assertThat(DeviceId.of("1002:46d1").id()).isEqualTo(new PciId(0x1002, 0x46d1));
        assertThat(DeviceId.of("ffff").id()).isEqualTo(PciId.intel(0xffff));
    }

    @Test
    void processor_stands_for_its_gpu() {
        DeviceId device = DeviceId.of("Intel Core i5-8500");
        assertThat(device.id()).isEqualTo(PciId.intel(0x3e92));
        assertThat(device.processor()).isNotNull();
        assertThat(DeviceId.of("N100").id()).isEqualTo(ADL_N);
        assertThat(DeviceId.of("1037U").id()).isEqualTo(PciId.intel(0x156));
        // Four hexadecimal digits that are no known GPU, but the number of a processor.
        assertThat(DeviceId.of("847E").id()).isEqualTo(PciId.intel(0x106));
    }

    @Test
    void processor_seen_with_two_ids_is_refused_with_both() {
        refused(
                "i5-9400",
                "Core i5-9400 was seen with 8086:3e98 and with 8086:3e92: lspci -nn -s 02.0 shows"
                        + " which one it is");
    }

    @Test
    void unknown_processor_is_refused_with_the_way_to_its_id() {
        for (String name : new String[] {"i9-99999X", "N9999", "Celeron Q1234"}) {
            refused(
                    name,
                    "\""
                            + name
                            + "\" is not a processor that igdrom knows: lspci -nn -s 02.0 shows the"
                            + " id of its GPU, such as [8086:46d4]");
        }
    }

    @Test
    void processor_without_a_gpu_is_refused_as_such() {
        for (String name : new String[] {"i5-12400F", "i9-9900KF", "Core i5-12400f"}) {
            refused(
                    name,
                    "\""
                            + name
                            + "\" has no integrated GPU: Intel's F at the end of a name says so");
        }
        assertThat(DeviceId.of("0x156f").id()).isEqualTo(PciId.intel(0x156f));
    }

    @Test
    void vendor_alone_is_refused() {
        String message =
                "8086 is the vendor, Intel: the id of the device follows it, such as 8086:46d4";
        refused("8086", message);
        assertThatThrownBy(() -> DeviceId.idOf("0x8086")).hasMessage(message);
    }

    @Test
    void swapped_id_is_refused_with_the_right_order() {
        refused("46d1:8086", "\"46d1:8086\" has the vendor last: write 8086:46d1");
        refused("46d1:8086:0c", "\"46d1:8086:0c\" has the vendor last: write 8086:46d1");
        assertThatThrownBy(() -> DeviceId.idOf("5481:8086"))
                .hasMessage("\"5481:8086\" has the vendor last: write 8086:5481");
    }

    @Test
    void address_is_refused_with_the_command_that_shows_the_id() {
        for (String address : new String[] {"00:02.0", "0000:00:02.0", "02.0", "0:2.0"}) {
            String message =
                    "\""
                            + address
                            + "\" is the address of a device, not its id: lspci -nn -s "
                            + address
                            + " shows the id, such as [8086:46d4]";
            refused(address, message);
            assertThatThrownBy(() -> DeviceId.idOf(address)).hasMessage(message);
        }
    }

    @Test
    void other_text_is_refused_with_an_example() {
        for (String text : new String[] {":::", "intel", "8086:", "808646d1", "8086:46d1:0", " "}) {
            refused(
                    text,
                    "\""
                            + text
                            + "\" is not a PCI id like 8086:46d4 or, with its revision,"
                            + " 8086:46d4:0c (lspci -nn -s 02.0 shows both), nor a processor like"
                            + " N100");
        }
        assertThatThrownBy(() -> DeviceId.idOf("8086:46d1:0c"))
                .hasMessage("\"8086:46d1:0c\" is not a PCI id like 8086:46d4 (lspci -nn shows it)");
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> DeviceId.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
