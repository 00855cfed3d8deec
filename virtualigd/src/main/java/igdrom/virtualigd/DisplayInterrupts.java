package igdrom.virtualigd;

import igdrom.knowledge.Tsv;
import java.util.ArrayList;
import java.util.List;

/// What the display interrupts the guest for: the vertical blanks of its pipes, which are the rows
/// of `interrupts.tsv`.
///
/// A row holds a bit of an IIR, with the register that masks it 4 bytes before and the one that
/// enables it 4 bytes behind, and the registers that it goes `through`: `OFFSET:BIT` shows a bit
/// there, and lets it pass when bit 31 of the register is set; `OFFSET:BIT:open` always.
///
/// Source: Linux, drivers/gpu/drm/i915/i915_irq.c. Not thread-safe: the device has the lock.
final class DisplayInterrupts {
    private static final int REGISTER = 4;
    private static final int PIPE_STEP = 0x1000;

    /// Spec: Intel Graphics PRM (Skylake), Volume 2c, "TRANS_CONF", "PIPE_FRMCNT".
    private static final int TRANSCODER = 0x70008;

    private static final int PANEL_TRANSCODER = 0x7f008;
    private static final int FRAMES = 0x70040;

    private final List<Blank> blanks = new ArrayList<>();
    private final SparseMemory registers;

    /// The vertical blank of a pipe.
    private record Blank(int pipe, int iir, int bit, List<Gate> gates) {
        boolean masked(SparseMemory registers) {
            return (registers.get(iir - REGISTER) & bit) != 0;
        }

        boolean pending(SparseMemory registers) {
            return (registers.get(iir) & registers.get(iir + REGISTER) & bit) != 0;
        }
    }

    /// A register on the way.
    ///
    /// @param open whether it has no bit 31 that closes it
    private record Gate(int offset, int bit, boolean open) {
        boolean passes(SparseMemory registers) {
            return open || registers.get(offset) < 0;
        }
    }

    /// @param registers where the values are
    DisplayInterrupts(int graphicsVersion, SparseMemory registers) {
        this.registers = registers;
        for (Tsv.Row row : table().rows()) {
            if (GraphicsVersions.of(row, 3).holds(graphicsVersion)) {
                blanks.add(
                        new Blank(
                                row.number(0),
                                row.number(1),
                                1 << row.number(2),
                                gates(row, row.text(5))));
            }
        }
    }

    static Tsv table() {
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

    private static List<Gate> gates(Tsv.Row row, String text) {
        List<Gate> gates = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            String[] parts = word.split(":", -1);
            boolean open = parts.length == 3 && parts[2].equals("open");
            if (parts.length != 2 && !open) {
                throw row.broken(word + " is no register on the way");
            }
            Tsv.Row numbers = new Tsv.Row(row.table(), List.of(parts[0], parts[1]));
            gates.add(new Gate(numbers.number(0), 1 << numbers.number(1), open));
        }
        return gates;
    }

    /// Every pipe that runs has shown one more picture.
    void frame() {
        for (Blank blank : blanks) {
            boolean panel = blank.pipe == 0 && registers.get(PANEL_TRANSCODER) < 0;
            if (panel || registers.get(TRANSCODER + blank.pipe * PIPE_STEP) < 0) {
                int frames = FRAMES + blank.pipe * PIPE_STEP;
                registers.put(frames, registers.get(frames) + 1);
                if (!blank.masked(registers)) {
                    registers.put(blank.iir, registers.get(blank.iir) | blank.bit);
                }
            }
        }
    }

    /// Whether the guest is to be interrupted.
    boolean wanted() {
        for (Blank blank : blanks) {
            if (blank.pending(registers) && reaches(blank, blank.gates.size())) {
                return true;
            }
        }
        return false;
    }

    /// The bits that a register on the way shows.
    int shownAt(long offset) {
        int bits = 0;
        for (Blank blank : blanks) {
            for (int i = 0; i < blank.gates.size(); i++) {
                Gate gate = blank.gates.get(i);
                if (gate.offset == offset && blank.pending(registers) && reaches(blank, i)) {
                    bits |= gate.bit;
                }
            }
        }
        return bits;
    }

    /// Whether all before this gate are passed.
    private boolean reaches(Blank blank, int end) {
        for (Gate gate : blank.gates.subList(0, end)) {
            if (!gate.passes(registers)) {
                return false;
            }
        }
        return true;
    }
}
