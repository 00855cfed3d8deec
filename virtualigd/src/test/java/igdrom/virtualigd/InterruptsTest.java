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

class InterruptsTest {
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
    void blank_of_a_running_pipe_is_raised_at_the_pin_while_it_is_pending() throws IOException {
        Bench bench = listening("8086:3e92");
        frame(bench);
        frame(bench);
        assertThat(raised).containsExactly(IrqInfo.INTX, IrqInfo.INTX);
        assertThat(bench.register(MASTER)).isEqualTo(ENABLED | 1 << 17);
        bench.register(TRANSCODER_B, 0);
        bench.register(IIR_B, 1);
        bench.igd.settle(guest);
        assertThat(raised).hasSize(2);
        assertThat(bench.register(MASTER)).isEqualTo(ENABLED);
    }

    @ParameterizedTest
    @CsvSource({"8086:3e92, 0xac", "8086:1616, 0x90"})
    void message_is_sent_once_for_each_blank(String device, int capability) throws IOException {
        Bench bench = listening(device);
        bench.config(capability, 0x1_0000);
        frame(bench);
        frame(bench);
        assertThat(raised).containsExactly(IrqInfo.MSI);
        bench.register(IIR_B, 1);
        frame(bench);
        assertThat(raised).containsExactly(IrqInfo.MSI, IrqInfo.MSI);
    }

    @Test
    void message_is_sent_again_when_the_master_is_switched_off_and_on() throws IOException {
        Bench bench = listening("8086:3e92");
        bench.config(0xac, 0x1_0000);
        frame(bench);
        bench.register(MASTER, 0);
        assertThat(bench.register(MASTER)).isEqualTo(1 << 17);
        bench.register(MASTER, ENABLED);
        bench.igd.settle(guest);
        assertThat(raised).containsExactly(IrqInfo.MSI, IrqInfo.MSI);
    }

    @Test
    void nothing_is_raised_that_was_not_asked_for() throws IOException {
        frame(Bench.of("8086:3e92"));
        Bench stopped = listening("8086:3e92");
        stopped.register(TRANSCODER_B, 0);
        frame(stopped);
        Bench masked = listening("8086:3e92");
        masked.register(IMR_B, 1);
        frame(masked);
        Bench disabled = listening("8086:3e92");
        disabled.register(IER_B, 0);
        frame(disabled);
        Bench closed = listening("8086:3e92");
        closed.register(MASTER, 0);
        frame(closed);
        Bench withoutPin = listening("8086:3e92");
        withoutPin.config(4, 0x400);
        frame(withoutPin);
        Bench reset = listening("8086:3e92");
        reset.igd.frame();
        reset.reset();
        reset.igd.settle(guest);
        assertThat(raised).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "8086:0126, 0x44008, 0x8000, 0x4400c, 0x8000",
        "8086:0412, 0x44008, 0x20, 0x4400c, 0x20",
        "8086:46a6, 0x44418, 0x1, 0x190010, 0x10000",
        "8086:7d55, 0x44418, 0x1, 0x190008, 0x1",
    })
    void each_generation_has_its_way_to_the_guest(
            String device, int iir, int bit, int last, int shown) throws IOException {
        Bench bench = Bench.of(device);
        bench.register(TRANSCODER_B, ENABLED);
        bench.register(iir + 4, bit);
        for (int gate : new int[] {MASTER, last}) {
            frame(bench);
            assertThat(raised).isEmpty();
            bench.register(gate, bench.register(gate) | ENABLED);
        }
        frame(bench);
        assertThat(raised).isNotEmpty();
        assertThat(bench.register(last) & shown).isEqualTo(shown);
    }

    @Test
    void frames_are_counted() {
        Bench bench = listening("8086:3e92");
        long before = bench.register(0x71040);
        bench.igd.frame();
        bench.igd.frame();
        assertThat(bench.register(0x71040)).isEqualTo(before + 3);
    }

    /// Pipe B runs, and its blank is enabled.
    private static Bench listening(String device) {
        Bench bench = Bench.of(device);
        bench.register(TRANSCODER_B, ENABLED);
        bench.register(IMR_B, 0);
        bench.register(IER_B, 1);
        bench.register(MASTER, ENABLED);
        return bench;
    }

    private void frame(Bench bench) throws IOException {
        bench.igd.frame();
        bench.igd.settle(guest);
    }
}
