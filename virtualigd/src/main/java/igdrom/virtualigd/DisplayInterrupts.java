package igdrom.virtualigd;

import igdrom.knowledge.Platform;
import igdrom.knowledge.TsvTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The interrupts of the display: the vertical blanks of its pipes and the answers on its AUX
/// channels, which are the rows of `interrupts.tsv`.
///
/// A row names a bit of an IIR, whose mask register (IMR) is 4 bytes before it and whose enable
/// register (IER) 4 bytes after it, and in `through` the gates that the interrupt passes on its way
/// to the guest. A gate `OFFSET:BIT` shows the interrupt as this bit of a register, and passes it
/// on while bit 31 of the register is set; `OFFSET:BIT:open` always passes it on.
///
/// Source: Linux, drivers/gpu/drm/i915/i915_irq.c. Not thread-safe: the device holds a lock.
final class DisplayInterrupts {
    private static final int REGISTER_SIZE = 4;
    private static final int PIPE_STEP = 0x1000;

    /// Spec: Intel Graphics PRM (Skylake), Volume 2c, "TRANS_CONF", "PIPE_FRMCNT".
    private static final int TRANSCODER = 0x70008;

    private static final int PANEL_TRANSCODER = 0x7f008;
    private static final int FRAME_COUNT = 0x70040;

    private final Map<Integer, Interrupt> blanks = new HashMap<>();
    private final Map<Integer, Interrupt> answers = new HashMap<>();
    private final List<Interrupt> all = new ArrayList<>();
    private final SparseMemory registers;

    /// One interrupt.
    private record Interrupt(int iir, int bit, List<Gate> gates) {
        void happen(SparseMemory registers) {
            if ((registers.get(iir - REGISTER_SIZE) & bit) == 0) {
                registers.put(iir, registers.get(iir) | bit);
            }
        }

        boolean pending(SparseMemory registers) {
            return (registers.get(iir) & registers.get(iir + REGISTER_SIZE) & bit) != 0;
        }
    }

    /// A register on the way to the guest.
    ///
    /// @param open whether the interrupt passes regardless of bit 31
    private record Gate(int offset, int bit, boolean open) {
        boolean isOpen(SparseMemory registers) {
            return open || registers.get(offset) < 0;
        }
    }

    /// @param registers the values of the registers in BAR0
    DisplayInterrupts(Platform platform, SparseMemory registers) {
        this.registers = registers;
        for (TsvTable.Row row : table().rows()) {
            if (Platforms.of(row, 3).contains(platform)) {
                Interrupt interrupt =
                        new Interrupt(row.number(1), 1 << row.number(2), gates(row, row.text(5)));
                String[] event = row.text(0).split(" ", -1);
                int number = Integer.parseInt(event[1]);
                switch (event[0]) {
                    case "pipe" -> blanks.put(number, interrupt);
                    case "aux" -> answers.put(number, interrupt);
                    default -> throw row.broken(event[0] + " is neither a pipe nor an AUX channel");
                }
                all.add(interrupt);
            }
        }
    }

    static TsvTable table() {
        return Tables.load(
                "interrupts.tsv",
                "event",
                "iir",
                "bit",
                "graphics",
                "name",
                "through",
                "source",
                "checked");
    }

    private static List<Gate> gates(TsvTable.Row row, String text) {
        List<Gate> gates = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            String[] parts = word.split(":", -1);
            boolean open = parts.length == 3 && parts[2].equals("open");
            if (parts.length != 2 && !open) {
                throw row.broken(word + " is not a gate, OFFSET:BIT or OFFSET:BIT:open");
            }
            TsvTable.Row numbers = new TsvTable.Row(row.table(), List.of(parts[0], parts[1]));
            gates.add(new Gate(numbers.number(0), 1 << numbers.number(1), open));
        }
        return gates;
    }

    /// Completes a frame: every running pipe counts it and has a vertical blank.
    void frame() {
        blanks.forEach((pipe, blank) -> {
            boolean panel = pipe == 0 && registers.get(PANEL_TRANSCODER) < 0;
            if (panel || registers.get(TRANSCODER + pipe * PIPE_STEP) < 0) {
                int frameCount = FRAME_COUNT + pipe * PIPE_STEP;
                registers.put(frameCount, registers.get(frameCount) + 1);
                blank.happen(registers);
            }
        });
    }

    /// A transfer on an AUX channel has ended, with an answer or with a timeout.
    void answered(int channel) {
        Interrupt answer = answers.get(channel);
        if (answer != null) {
            answer.happen(registers);
        }
    }

    /// Whether an interrupt for the guest is pending.
    boolean pending() {
        for (Interrupt interrupt : all) {
            if (interrupt.pending(registers) && reaches(interrupt, interrupt.gates.size())) {
                return true;
            }
        }
        return false;
    }

    /// The bits for pending interrupts in the gate register at this offset.
    int gateBits(long offset) {
        int bits = 0;
        for (Interrupt interrupt : all) {
            for (int i = 0; i < interrupt.gates.size(); i++) {
                Gate gate = interrupt.gates.get(i);
                if (gate.offset == offset
                        && interrupt.pending(registers)
                        && reaches(interrupt, i)) {
                    bits |= gate.bit;
                }
            }
        }
        return bits;
    }

    /// Whether all gates before this one are open.
    private boolean reaches(Interrupt interrupt, int end) {
        for (Gate gate : interrupt.gates.subList(0, end)) {
            if (!gate.isOpen(registers)) {
                return false;
            }
        }
        return true;
    }
}
