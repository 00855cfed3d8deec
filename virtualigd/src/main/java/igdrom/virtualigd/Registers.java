package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.knowledge.Platform;
import igdrom.virtualigd.RegisterRule.Effect;
import igdrom.virtualigd.RegisterTable.Register;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// BAR0: the registers below, the global page table in the upper half.
///
/// Not thread-safe: the device has the lock.
final class Registers {
    private static final long RESERVED = 1 << 20;

    /// From the register that tells of an interrupt back to the one that masks it.
    private static final int MASK = 4;

    private final RegisterTable table;
    private final ConfigSpace config;
    private final SparseMemory values;
    private final DisplayInterrupts interrupts;
    private final Image edid;
    private final int pteSize;
    private final long stolen;
    private final Map<Integer, AuxChannel> channels = new HashMap<>();
    private final Map<Long, PhyBus> buses = new HashMap<>();
    private Gmbus gmbus;
    private final long size;

    Registers(IgdModel model, ConfigSpace config) {
        Platform platform = model.platform();
        this.table = new RegisterTable(platform);
        this.config = config;
        this.edid = model.edid();
        this.stolen = model.stolenSize();
        this.gmbus = new Gmbus(edid);
        this.pteSize = platform.pteBits() / 8;
        this.size = (long) platform.bar0MiB() << 20;
        this.values = new SparseMemory(size);
        this.interrupts = new DisplayInterrupts(platform.graphicsVersion(), values);
        reset();
    }

    long size() {
        return size;
    }

    /// Where the page table begins.
    long pageTable() {
        return size / 2;
    }

    /// Whether a row speaks of it, or it belongs to the page table.
    boolean knows(long offset) {
        return offset >= pageTable() || table.find((int) offset & ~3) != null;
    }

    /// What a row calls it, `""` without one.
    String name(long offset) {
        Register register = table.find((int) offset & ~3);
        return register == null ? "" : register.name();
    }

    /// @param offset a multiple of 4
    int read(long offset) {
        Register register = register(offset);
        return switch (register.rule()) {
            case RegisterRule.Constant(int value) -> value;
            case RegisterRule.Stored _ -> values.get(offset) | interrupts.shownAt(offset);
            case RegisterRule.Clearable _ -> values.get(offset);
            case RegisterRule.Counter(_, int step, int mask, _) -> {
                int value = values.get(offset);
                values.put(offset, (value & ~mask) | ((value + step) & mask));
                yield value;
            }
            case RegisterRule.Blank(int bits, List<Integer> transcoders) ->
                    values.get(offset)
                            | (running(transcoders) ? bits & ~values.get(offset - MASK) : 0);
            case RegisterRule.Config(int at) -> (int) config.u32(at);
            case RegisterRule.Reserved(int at, int shift) -> (int) (reserved(at) >>> shift);
            case RegisterRule.Bus(int number) -> gmbus.read(number);
            case RegisterRule.Aux _, RegisterRule.Phy _ -> values.get(offset);
        };
    }

    private boolean running(List<Integer> transcoders) {
        for (int transcoder : transcoders) {
            if (values.get(transcoder) < 0) {
                return true;
            }
        }
        return false;
    }

    /// The last MiB of stolen memory, once there is any.
    private long reserved(int at) {
        long base = config.u64(at);
        return base == 0 ? 0 : (base & -RESERVED) + stolen - RESERVED;
    }

    /// Any bytes of it, which may be parts of registers or several.
    Image readBytes(long offset, int count) {
        if (count == 4 && (offset & 3) == 0) {
            return new Emitter().u32(read(offset) & 0xffff_ffffL).toImage();
        }
        Emitter out = new Emitter();
        long end = offset + count;
        for (long at = offset & ~3; at < end; at += 4) {
            int value = read(at);
            for (int i = 0; i < 4; i++) {
                if (at + i >= offset && at + i < end) {
                    out.u8(value >>> (8 * i) & 0xff);
                }
            }
        }
        return out.toImage();
    }

    /// Bytes of a register that are not written are written as they are held.
    void writeBytes(long offset, Image data) {
        long end = offset + data.size();
        for (long at = offset & ~3; at < end; at += 4) {
            int value = values.get(at);
            for (int i = 0; i < 4; i++) {
                if (at + i >= offset && at + i < end) {
                    int shift = 8 * i;
                    value = (value & ~(0xff << shift)) | (data.u8(at + i - offset) << shift);
                }
            }
            write(at, value);
        }
    }

    /// What a register holds, without the consequences that reading it has.
    int peek(long offset) {
        return register(offset).rule() instanceof RegisterRule.Config(int at)
                ? (int) config.u32(at)
                : values.get(offset);
    }

    /// @param offset a multiple of 4
    void write(long offset, int value) {
        Register register = register(offset);
        switch (register.rule()) {
            case RegisterRule.Constant _, RegisterRule.Config _, RegisterRule.Reserved _ -> {}
            case RegisterRule.Counter counter -> {
                if (counter.writable()) {
                    values.put(offset, value);
                }
            }
            case RegisterRule.Clearable _, RegisterRule.Blank _ ->
                    values.put(offset, values.get(offset) & ~value);
            case RegisterRule.Stored stored -> store(offset, stored, value);
            case RegisterRule.Bus(int number) -> gmbus.write(number, value);
            case RegisterRule.Phy _ ->
                    buses.computeIfAbsent(offset, _ -> new PhyBus()).control(values, offset, value);
            case RegisterRule.Aux(int channel) ->
                    channels.computeIfAbsent(channel, _ -> new AuxChannel(edid))
                            .control(values, offset, value);
        }
    }

    private void store(long offset, RegisterRule.Stored stored, int written) {
        int value = written;
        if (stored.masked()) {
            int mask = written >>> 16;
            value = (values.get(offset) & ~mask) | (written & mask);
        }
        int held = value;
        for (Effect effect : stored.effects()) {
            held = effect.on(held);
            switch (effect) {
                case Effect.Acknowledge(int other) -> values.put(other, value);
                case Effect.Elsewhere(int other, Effect.Follow follow) ->
                        values.put(other, follow.on(values.get(other), value));
                case Effect.Answer answer -> {
                    if (answer.to(written)) {
                        values.put(answer.offset(), answer.value());
                    }
                }
                case Effect.Follow _, Effect.Clear _, Effect.Set _ -> {}
            }
        }
        values.put(offset, held);
    }

    private static final Register UNKNOWN =
            new Register("", new RegisterRule.Stored(0, false, List.of()));

    private Register register(long offset) {
        if (offset >= pageTable()) {
            return UNKNOWN;
        }
        Register register = table.find((int) offset);
        return register == null ? UNKNOWN : register;
    }

    /// Where the global page table says that a page of the graphics address space is.
    ///
    /// Spec: Intel Graphics PRM (Skylake), Volume 5, "GGTT Page Table Entry"; (Haswell), "GTT Page
    /// Table Entries" with address bits 38:32 at 10:4.
    ///
    /// @return an address in the guest's memory, -1 for nowhere
    long page(long address) {
        long at = pageTable() + (address >>> 12) * pteSize;
        if (at >= size) {
            return -1;
        }
        long entry = values.get(at) & 0xffff_ffffL;
        if ((entry & 1) == 0) {
            return -1;
        }
        return pteSize == 8
                ? (entry & 0xffff_f000L) | ((values.get(at + 4) & 0x7fL) << 32)
                : (entry & 0xffff_f000L) | (entry & 0x7f0) << 28;
    }

    /// Every pipe that runs has shown one more picture.
    void frame() {
        interrupts.frame();
    }

    /// Whether the guest is to be interrupted.
    boolean interrupting() {
        return interrupts.wanted();
    }

    void reset() {
        gmbus = new Gmbus(edid);
        channels.clear();
        buses.clear();
        values.clear();
        for (Map.Entry<Integer, Register> entry : table.all().entrySet()) {
            values.put(entry.getKey(), entry.getValue().rule().initial());
        }
    }
}
