package igdrom.virtualigd;

import igdrom.knowledge.Platform;
import igdrom.knowledge.TsvTable;
import java.util.ArrayList;
import java.util.List;

/// The interrupts of the display: the vertical blanks of its pipes, which are the rows of
/// `interrupts.tsv`.
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

    private final List<BlankInterrupt> blanks = new ArrayList<>();
    private final SparseMemory registers;

    /// The vertical blank interrupt of a pipe.
    private record BlankInterrupt(int pipe, int iir, int bit, List<Gate> gates) {
        boolean masked(SparseMemory registers) {
            return (registers.get(iir - REGISTER_SIZE) & bit) != 0;
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
                blanks.add(
                        new BlankInterrupt(
                                row.number(0),
                                row.number(1),
                                1 << row.number(2),
                                gates(row, row.text(5))));
            }
        }
    }

    static TsvTable table() {
        return Tables.load(
                "interrupts.tsv",
                "pipe",
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
        for (BlankInterrupt blank : blanks) {
            boolean panel = blank.pipe == 0 && registers.get(PANEL_TRANSCODER) < 0;
            if (panel || registers.get(TRANSCODER + blank.pipe * PIPE_STEP) < 0) {
                int frameCount = FRAME_COUNT + blank.pipe * PIPE_STEP;
                registers.put(frameCount, registers.get(frameCount) + 1);
                if (!blank.masked(registers)) {
                    registers.put(blank.iir, registers.get(blank.iir) | blank.bit);
                }
            }
        }
    }

    /// Whether an interrupt for the guest is pending.
    boolean pending() {
        for (BlankInterrupt blank : blanks) {
            if (blank.pending(registers) && reaches(blank, blank.gates.size())) {
                return true;
            }
        }
        return false;
    }

    /// The bits for pending interrupts in the gate register at this offset.
    int gateBits(long offset) {
        int bits = 0;
        for (BlankInterrupt blank : blanks) {
            for (int i = 0; i < blank.gates.size(); i++) {
                Gate gate = blank.gates.get(i);
                if (gate.offset == offset && blank.pending(registers) && reaches(blank, i)) {
                    bits |= gate.bit;
                }
            }
        }
        return bits;
    }

    /// Whether all gates before this one are open.
    private boolean reaches(BlankInterrupt blank, int end) {
        for (Gate gate : blank.gates.subList(0, end)) {
            if (!gate.isOpen(registers)) {
                return false;
            }
        }
        return true;
    }
}
