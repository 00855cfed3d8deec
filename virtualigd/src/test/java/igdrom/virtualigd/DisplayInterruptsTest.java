package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.vfiouser.wire.Guest;
import igdrom.vfiouser.wire.IrqInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayInterruptsTest {
    private static final int MASTER = 0x44200;
    private static final int TRANSCODER_B = 0x71008;
    private static final int IMR_B = 0x44414;
    private static final int IIR_B = 0x44418;
    private static final int IER_B = 0x4441c;
    private static final long ENABLED = 1L << 31;

    private final List<Integer> raised = new ArrayList<>();
    private final Guest guest =
            new Guest() {
                @Override
                public Image read(long address, int count) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void write(long address, Image data) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void raise(int index, int vector) {
                    raised.add(index);
                }
            };

    @Test
    void blank_of_a_running_pipe_asserts_the_pin_while_it_is_pending() throws IOException {
        TestIgd igd = withBlankEnabled("8086:3e92");
        frame(igd);
        frame(igd);
        assertThat(raised).containsExactly(IrqInfo.INTX, IrqInfo.INTX);
        assertThat(igd.register(MASTER)).isEqualTo(ENABLED | 1 << 17);
        igd.register(TRANSCODER_B, 0);
        igd.register(IIR_B, 1);
        igd.device.settle(guest);
        assertThat(raised).hasSize(2);
        assertThat(igd.register(MASTER)).isEqualTo(ENABLED);
    }

    @ParameterizedTest
    @CsvSource({"8086:3e92, 0xac", "8086:1616, 0x90"})
    void message_is_sent_once_for_each_blank(String device, int capability) throws IOException {
        TestIgd igd = withBlankEnabled(device);
        igd.config(capability, 0x1_0000);
        frame(igd);
        frame(igd);
        assertThat(raised).containsExactly(IrqInfo.MSI);
        igd.register(IIR_B, 1);
        frame(igd);
        assertThat(raised).containsExactly(IrqInfo.MSI, IrqInfo.MSI);
    }

    @Test
    void message_is_sent_again_after_the_master_is_disabled_and_enabled() throws IOException {
        TestIgd igd = withBlankEnabled("8086:3e92");
        igd.config(0xac, 0x1_0000);
        frame(igd);
        igd.register(MASTER, 0);
        assertThat(igd.register(MASTER)).isEqualTo(1 << 17);
        igd.register(MASTER, ENABLED);
        igd.device.settle(guest);
        assertThat(raised).containsExactly(IrqInfo.MSI, IrqInfo.MSI);
    }

    @Test
    void disabled_interrupts_are_not_raised() throws IOException {
        frame(TestIgd.of("8086:3e92"));
        TestIgd stopped = withBlankEnabled("8086:3e92");
        stopped.register(TRANSCODER_B, 0);
        frame(stopped);
        TestIgd masked = withBlankEnabled("8086:3e92");
        masked.register(IMR_B, 1);
        frame(masked);
        TestIgd disabled = withBlankEnabled("8086:3e92");
        disabled.register(IER_B, 0);
        frame(disabled);
        TestIgd closed = withBlankEnabled("8086:3e92");
        closed.register(MASTER, 0);
        frame(closed);
        TestIgd withoutPin = withBlankEnabled("8086:3e92");
        withoutPin.config(4, 0x400);
        frame(withoutPin);
        TestIgd reset = withBlankEnabled("8086:3e92");
        reset.device.frame();
        reset.reset();
        reset.device.settle(guest);
        assertThat(raised).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "8086:0126, 0x44008, 0x8000, 0x4400c, 0x8000",
        "8086:0412, 0x44008, 0x20, 0x4400c, 0x20",
        "8086:46a6, 0x44418, 0x1, 0x190010, 0x10000",
        "8086:7d55, 0x44418, 0x1, 0x190008, 0x1",
    })
    void interrupt_passes_the_gates_of_each_generation(
            String device, int iir, int bit, int last, int shown) throws IOException {
        TestIgd igd = TestIgd.of(device);
        igd.register(TRANSCODER_B, ENABLED);
        igd.register(iir + 4, bit);
        for (int gate : new int[] {MASTER, last}) {
            frame(igd);
            assertThat(raised).isEmpty();
            igd.register(gate, igd.register(gate) | ENABLED);
        }
        frame(igd);
        assertThat(raised).isNotEmpty();
        assertThat(igd.register(last) & shown).isEqualTo(shown);
    }

    /// The way that i915 asks a DisplayPort monitor, whose answer it waits for.
    ///
    /// Source: Linux, drivers/gpu/drm/i915/display/intel_dp_aux.c, `skl_get_aux_send_ctl`.
    @ParameterizedTest
    @CsvSource({
        "8086:3e92, 0x64110, 0x2000000, 0x44200",
        "8086:8a56, 0x64410, 0x20000000, 0x190010",
        "8086:46d1, 0x64110, 0x2, 0x190010",
        "8086:46d1, 0x64310, 0x100, 0x190010",
        "8086:7d55, 0x64010, 0x1, 0x190008",
    })
    void answer_on_an_aux_channel_interrupts_when_it_was_asked_to(
            String device, int control, int bit, int last) throws IOException {
        TestIgd igd = TestIgd.of(device);
        igd.register(0x4444c, bit);
        igd.register(MASTER, ENABLED);
        igd.register(last, ENABLED | 1);
        send(igd, control, 0);
        assertThat(raised).isEmpty();
        igd.register(0x44444, bit);
        send(igd, control, 1 << 29);
        assertThat(raised).isEmpty();
        igd.register(0x44444, 0);
        send(igd, control, 1 << 29);
        assertThat(raised).containsExactly(IrqInfo.INTX);
        assertThat(igd.register(0x44448)).isEqualTo(bit);
        assertThat(igd.register(MASTER)).isEqualTo(ENABLED | 1 << 20);
        igd.register(0x44448, bit);
        igd.device.settle(guest);
        assertThat(raised).hasSize(1);
    }

    /// Asks for the first byte of a monitor's DPCD.
    private void send(TestIgd igd, int control, int interrupt) throws IOException {
        igd.register(control + 4, 0x9000_0000L);
        igd.register(control, 1L << 31 | interrupt | 4 << 20);
        igd.device.settle(guest);
    }

    @Test
    void frames_are_counted() {
        TestIgd igd = withBlankEnabled("8086:3e92");
        long before = igd.register(0x71040);
        igd.device.frame();
        igd.device.frame();
        assertThat(igd.register(0x71040)).isEqualTo(before + 3);
    }

    /// A device whose pipe B runs with its vertical blank interrupt enabled.
    private static TestIgd withBlankEnabled(String device) {
        TestIgd igd = TestIgd.of(device);
        igd.register(TRANSCODER_B, ENABLED);
        igd.register(IMR_B, 0);
        igd.register(IER_B, 1);
        igd.register(MASTER, ENABLED);
        return igd;
    }

    private void frame(TestIgd igd) throws IOException {
        igd.device.frame();
        igd.device.settle(guest);
    }
}
