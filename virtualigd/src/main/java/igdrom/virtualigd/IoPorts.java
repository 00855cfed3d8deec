package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// BAR4: an index register and a window on the register in BAR0 that it selects. Other ports read
/// 0.
///
/// Spec: Intel Processor Graphics PRM, "MMIO_INDEX" and "MMIO_DATA"; bits 1:0 of the index select
/// the registers (0) or the page table (1). Source: QEMU, hw/vfio/igd.c, the quirk of BAR4.
final class IoPorts {
    private static final int DATA = 4;
    private static final int PAGE_TABLE = 1;

    private final Registers registers;
    private long index;

    IoPorts(Registers registers) {
        this.registers = registers;
    }

    Image read(long offset, int count) {
        Emitter ports = new Emitter().u32(index);
        boolean data = offset < DATA + 4 && offset + count > DATA && target() >= 0;
        ports.u32(data ? registers.read(target()) & 0xffff_ffffL : 0).fill(0, 64);
        return ports.toImage().slice(offset, count);
    }

    void write(long offset, Image data) {
        long value = 0;
        for (int i = 0; i < Math.min(4, data.size()); i++) {
            value |= (long) data.u8(i) << (8 * i);
        }
        if (offset == 0) {
            index = value;
        } else if (offset == DATA && target() >= 0) {
            registers.write(target(), (int) value);
        }
    }

    /// The selected offset in BAR0, or -1 when it is outside.
    private long target() {
        long offset = index & ~3;
        if ((index & 3) == PAGE_TABLE) {
            offset += registers.pageTable();
        }
        return offset < registers.size() ? offset : -1;
    }

    void reset() {
        index = 0;
    }
}
