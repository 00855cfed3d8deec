package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.knowledge.Platform;
import igdrom.virtualigd.RegisterRule.Effect;
import igdrom.virtualigd.RegisterRule.HostMemory;
import igdrom.virtualigd.RegisterTable.Definition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// BAR0: the registers in the lower half, the global page table in the upper half.
///
/// Not thread-safe: the device holds a lock.
final class Registers {
    /// The distance from an interrupt mask register (IMR) to its identity register (IIR).
    private static final int MASK_DISTANCE = 4;

    private final IgdModel model;
    private final RegisterTable table;
    private final ConfigSpace config;
    private final SparseMemory values;
    private final DisplayInterrupts interrupts;
    private final Image edid;
    private final int pteSize;
    private final Memory mapped;
    private final Map<Integer, AuxChannel> channels = new HashMap<>();
    private final Map<Long, PhyBus> buses = new HashMap<>();
    private final Map<Long, Sideband> sidebands = new HashMap<>();
    private final Handshakes handshakes = new Handshakes();
    private Gmbus gmbus;
    private final long size;

    /// @param mapped the page table, if the client maps it; else empty
    Registers(IgdModel model, ConfigSpace config, Memory mapped) {
        Platform platform = model.platform();
        this.model = model;
        this.table = new RegisterTable(platform);
        this.config = config;
        this.edid = model.edid();
        this.gmbus = new Gmbus(edid);
        this.pteSize = platform.pteBits() / 8;
        this.size = (long) platform.bar0MiB() << 20;
        this.mapped = mapped;
        this.values = new SparseMemory(size, mapped);
        this.interrupts = new DisplayInterrupts(platform, values);
        reset();
    }

    long size() {
        return size;
    }

    /// The offset of the display's registers.
    int displayBase() {
        return table.displayBase();
    }

    /// The offset of the page table.
    long pageTable() {
        return size / 2;
    }

    /// The name of the register at this offset, `""` without a row.
    String name(long offset) {
        Definition definition = table.find((int) offset & ~3);
        return definition == null ? "" : definition.name();
    }

    /// @param offset a multiple of 4
    int read(long offset) {
        Definition definition = definition(offset);
        return switch (definition.rule()) {
            case RegisterRule.Constant(int value) -> value;
            case RegisterRule.Stored _ ->
                    handshakes.shown(offset, values.get(offset)) | interrupts.gateBits(offset);
            case RegisterRule.WriteOneToClear _ -> values.get(offset);
            case RegisterRule.Counter(_, int step, int mask, _) -> {
                int value = values.get(offset);
                values.put(offset, (value & ~mask) | ((value + step) & mask));
                yield value;
            }
            case RegisterRule.VerticalBlank(int bits, List<Integer> transcoders) ->
                    values.get(offset)
                            | (running(transcoders)
                                    ? bits & ~values.get(offset - MASK_DISTANCE)
                                    : 0);
            case RegisterRule.ConfigMirror(int at) -> (int) config.u32(at);
            case RegisterRule.HostAddress(int bits, HostMemory memory, int shift) ->
                    (int) ((address(memory) | bits) >>> shift);
            case RegisterRule.OfVirtualFunction(int value) ->
                    model.host().isVirtualFunction() ? value : 0;
            case RegisterRule.GmbusRegister(int number) -> gmbus.read(number);
            case RegisterRule.AuxControl _, RegisterRule.PhyControl _, RegisterRule.Doorbell _ ->
                    values.get(offset);
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

    private long address(HostMemory memory) {
        return switch (memory) {
            case RESERVED -> model.hostReserved();
            case PAGE_TABLE -> model.hostPageTable();
        };
    }

    /// Reads bytes, which may be part of a register or span several.
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

    /// Writes bytes. A register written in part keeps its other bytes.
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

    /// The value of a register, without the side effects of reading it.
    int peek(long offset) {
        return definition(offset).rule() instanceof RegisterRule.ConfigMirror(int at)
                ? (int) config.u32(at)
                : values.get(offset);
    }

    /// @param offset a multiple of 4
    void write(long offset, int value) {
        Definition definition = definition(offset);
        switch (definition.rule()) {
            case RegisterRule.Constant _,
                    RegisterRule.ConfigMirror _,
                    RegisterRule.HostAddress _,
                    RegisterRule.OfVirtualFunction _ -> {}
            case RegisterRule.Counter counter -> {
                if (counter.writable()) {
                    values.put(offset, value);
                }
            }
            case RegisterRule.WriteOneToClear _, RegisterRule.VerticalBlank _ ->
                    values.put(offset, values.get(offset) & ~value);
            case RegisterRule.Stored rule -> store(offset, rule, value);
            case RegisterRule.GmbusRegister(int number) -> gmbus.write(number, value);
            case RegisterRule.PhyControl _ ->
                    buses.computeIfAbsent(offset, _ -> new PhyBus()).control(values, offset, value);
            case RegisterRule.Doorbell doorbell ->
                    sidebands
                            .computeIfAbsent(offset, _ -> new Sideband(doorbell.followers()))
                            .ring(values, offset, value);
            case RegisterRule.AuxControl(int channel) -> {
                AuxChannel asked = channels.computeIfAbsent(channel, _ -> new AuxChannel(edid));
                if (asked.control(values, offset, value)) {
                    interrupts.answered(channel);
                }
            }
        }
    }

    private void store(long offset, RegisterRule.Stored rule, int written) {
        int value = written;
        if (rule.masked()) {
            int mask = written >>> 16;
            value = (values.get(offset) & ~mask) | (written & mask);
        }
        int stored = value;
        int shown = handshakes.peek(offset, values.get(offset));
        for (Effect effect : rule.effects()) {
            stored = effect.on(stored);
            switch (effect) {
                case Effect.Copy(int other) -> values.put(other, value);
                case Effect.FollowElsewhere(int other, Effect.Follow follow) ->
                        values.put(other, follow.on(values.get(other), value));
                case Effect.MailboxReply reply -> {
                    if (reply.isFor(written)) {
                        values.put(reply.offset(), reply.value());
                    }
                }
                case Effect.Follow _, Effect.ClearBits _, Effect.SetBits _ -> {}
            }
        }
        values.put(offset, stored);
        handshakes.begin(offset, rule.granted(), shown, stored);
    }

    private static final Definition UNKNOWN =
            new Definition("", new RegisterRule.Stored(0, false, List.of()));

    private Definition definition(long offset) {
        if (offset >= pageTable()) {
            return UNKNOWN;
        }
        Definition definition = table.find((int) offset);
        return definition == null ? UNKNOWN : definition;
    }

    /// The address of a page of the graphics address space, according to the global page table.
    ///
    /// Spec: Intel Graphics PRM (Skylake), Volume 5, "GGTT Page Table Entry"; (Haswell), "GTT Page
    /// Table Entries" with address bits 38:32 at 10:4.
    ///
    /// @return an address in guest memory, or -1 when the entry is not valid
    long page(long address) {
        long at = pageTable() + (address >>> 12) * pteSize;
        return at >= size ? -1 : target(at);
    }

    /// The first entries of a mapped page table that are not 0: the client has written them without
    /// a message.
    List<Activity.Entry> mappedEntries(int max) {
        List<Activity.Entry> entries = new ArrayList<>();
        long at = mapped.indexOfNonZero(0) & -pteSize;
        while (at < mapped.size() && entries.size() < max) {
            long value = pteSize == 8 ? mapped.u64(at) : mapped.u32(at);
            entries.add(new Activity.Entry(0, pageTable() + at, pteSize, true, value));
            at = mapped.indexOfNonZero(at + pteSize) & -pteSize;
        }
        return entries;
    }

    /// The number of entries of a mapped page table that are not 0.
    long mappedEntries() {
        long count = 0;
        long at = mapped.indexOfNonZero(0) & -pteSize;
        while (at < mapped.size()) {
            count++;
            at = mapped.indexOfNonZero(at + pteSize) & -pteSize;
        }
        return count;
    }

    /// How many of the page table entries in a range of BAR0 point at the host's stolen memory.
    int hostPages(long offset, long count) {
        long base = model.host().stolenBase();
        int pages = 0;
        for (long at = offset & -pteSize; at < Math.min(size, offset + count); at += pteSize) {
            long target = target(at);
            if (target >= base && target < base + model.stolenSize()) {
                pages++;
            }
        }
        return pages;
    }

    /// The address in the page table entry at this offset in BAR0, or -1 when it is not valid.
    private long target(long at) {
        long entry = values.get(at) & 0xffff_ffffL;
        if ((entry & 1) == 0) {
            return -1;
        }
        return pteSize == 8
                ? (entry & 0xffff_f000L) | ((values.get(at + 4) & 0x7fL) << 32)
                : (entry & 0xffff_f000L) | (entry & 0x7f0) << 28;
    }

    /// Completes a frame on every running pipe.
    void frame() {
        interrupts.frame();
    }

    /// Whether an interrupt for the guest is pending.
    boolean interruptPending() {
        return interrupts.pending();
    }

    void reset() {
        gmbus = new Gmbus(edid);
        channels.clear();
        buses.clear();
        sidebands.clear();
        handshakes.clear();
        values.clear();
        for (Map.Entry<Integer, Definition> entry : table.all().entrySet()) {
            values.put(entry.getKey(), entry.getValue().rule().initial());
        }
        if (model.host().dirty()) {
            DirtyState.leave(model, values, pageTable());
        }
    }
}
