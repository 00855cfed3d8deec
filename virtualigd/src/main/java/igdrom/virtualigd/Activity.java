package igdrom.virtualigd;

import java.util.ArrayList;
import java.util.List;

/// The accesses that a guest has made to a device so far.
///
/// When a driver gives up, the reason is usually at the end of [#last]: often a register without a
/// name.
///
/// @param registerReads reads of BAR0 below the page table
/// @param pageTableWrites writes to the page table; where the client maps it, the entries that are
///   not 0
/// @param apertureAccesses accesses to BAR2 by message; a client that maps BAR2 sends none
/// @param registers the registers that were accessed, by offset
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
    /// @param name empty when no table row describes it
    /// @param value its current value
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
    /// @param value the first 8 bytes of the data
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

    /// The accessed registers that no table row describes.
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
