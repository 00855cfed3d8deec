package igdrom.virtualigd;

import java.util.ArrayList;
import java.util.List;

/// What a guest has done with a device so far.
///
/// A driver that gives up leaves its reason at the end of [#last], often a register that has no
/// name.
///
/// @param registerReads of BAR0 below the page table
/// @param apertureAccesses those of BAR2 that came by message; a client that maps it sends none
/// @param registers that were touched, by offset
/// @param last the most recent accesses, oldest first, without reads of config space
public record Activity(
        long configReads,
        long configWrites,
        long registerReads,
        long registerWrites,
        long pageTableWrites,
        long apertureAccesses,
        long resets,
        List<Register> registers,
        List<Entry> last) {
    public Activity {
        registers = List.copyOf(registers);
        last = List.copyOf(last);
    }

    /// A register in BAR0.
    ///
    /// @param name empty when nothing is known of it
    /// @param value what it holds now
    public record Register(int offset, String name, long reads, long writes, int value) {
        @Override
        public String toString() {
            return "%6x %-24s %6d read %6d written, holds %08x"
                    .formatted(offset, name.isEmpty() ? "?" : name, reads, writes, value);
        }
    }

    /// One access.
    ///
    /// @param region of the device; 7 is config space
    /// @param value the low 8 bytes
    public record Entry(int region, long offset, int size, boolean write, long value) {
        @Override
        public String toString() {
            return "%s %s+0x%x, %d bytes: 0x%x"
                    .formatted(
                            write ? "write" : "read",
                            region == VirtualIgd.CONFIG ? "config" : "BAR" + region,
                            offset,
                            size,
                            value);
        }
    }

    /// The registers that were touched and that nothing is known of.
    public List<Register> unknown() {
        List<Register> unknown = new ArrayList<>();
        for (Register register : registers) {
            if (register.name.isEmpty()) {
                unknown.add(register);
            }
        }
        return unknown;
    }
}
