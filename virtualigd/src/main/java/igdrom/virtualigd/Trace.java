package igdrom.virtualigd;

import igdrom.bytes.Image;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Records accesses for an [Activity]. A guest makes millions of them, so all storage is bounded.
///
/// Not thread-safe: the device holds a lock.
final class Trace {
    /// The maximum number of registers that are counted separately.
    static final int MAX_REGISTERS = 4096;

    /// The maximum number of recent accesses that are kept.
    static final int MAX_LAST = 256;

    /// The maximum number of writes since the firmware read the ROM that are kept.
    static final int MAX_WRITES = 4096;

    /// How many of them may be to the page table, which a driver fills.
    private static final int MAX_PAGE_TABLE_WRITES = MAX_WRITES / 4;

    /// Spec: PCI Local Bus 3.0, "Expansion ROM Base Address Register"; bit 0 enables decoding.
    private static final int ROM_ADDRESS = 0x30;

    private final TreeMap<Integer, Counts> registers = new TreeMap<>();
    private final ArrayList<Activity.Entry> writes = new ArrayList<>();
    private boolean romDecoded;
    private boolean romRead;
    private final ArrayDeque<Activity.Entry> last = new ArrayDeque<>();
    private long configReads;
    private long configWrites;
    private long registerReads;
    private long registerWrites;
    private long pageTableWrites;
    private long apertureAccesses;
    private long resets;

    private static final class Counts {
        private long reads;
        private long writes;
    }

    void config(long offset, Image data, boolean write) {
        if (write) {
            configWrites++;
            keep(VirtualIgd.CONFIG, offset, data, true);
            if (offset == ROM_ADDRESS && data.size() > 0) {
                boolean decoded = (data.u8(0) & 1) != 0;
                if (romDecoded && !decoded && !romRead) {
                    // Until here only the firmware had a chance to write.
                    romRead = true;
                    writes.clear();
                }
                romDecoded = decoded;
            }
        } else {
            // Not kept: firmware polls config space, which would push out all other accesses.
            configReads++;
        }
    }

    void register(long offset, Image data, boolean write) {
        if (write) {
            registerWrites++;
        } else {
            registerReads++;
        }
        int register = (int) offset & ~3;
        Counts counts = registers.get(register);
        if (counts == null && registers.size() < MAX_REGISTERS) {
            counts = new Counts();
            registers.put(register, counts);
        }
        if (counts != null) {
            if (write) {
                counts.writes++;
            } else {
                counts.reads++;
            }
        }
        keep(0, offset, data, write);
    }

    void pageTableWritten(long offset, Image data) {
        pageTableWrites++;
        if (pageTableWrites <= MAX_PAGE_TABLE_WRITES) {
            written(entry(0, offset, data, true));
        }
    }

    /// Entries of a mapped page table that were written without a message.
    void pageTableFound(List<Activity.Entry> entries) {
        entries.forEach(this::written);
    }

    void aperture() {
        apertureAccesses++;
    }

    void ports(long offset, Image data, boolean write) {
        keep(4, offset, data, write);
    }

    void reset() {
        resets++;
        writes.clear();
        romDecoded = false;
        romRead = false;
    }

    /// All writes since the firmware read the ROM, or since the reset when it has not.
    List<Activity.Entry> writes() {
        return List.copyOf(writes);
    }

    private void written(Activity.Entry entry) {
        if (writes.size() < MAX_WRITES) {
            writes.add(entry);
        }
    }

    private void keep(int region, long offset, Image data, boolean write) {
        if (last.size() >= MAX_LAST) {
            last.removeFirst();
        }
        Activity.Entry entry = entry(region, offset, data, write);
        last.addLast(entry);
        if (write) {
            written(entry);
        }
    }

    private static Activity.Entry entry(int region, long offset, Image data, boolean write) {
        long value = 0;
        for (int i = 0; i < Math.min(8, data.size()); i++) {
            value |= (long) data.u8(i) << (8 * i);
        }
        return new Activity.Entry(region, offset, (int) data.size(), write, value);
    }

    Activity activity(Registers current) {
        List<Activity.Register> accessed = new ArrayList<>();
        for (Map.Entry<Integer, Counts> entry : registers.entrySet()) {
            int offset = entry.getKey();
            Counts counts = entry.getValue();
            accessed.add(
                    new Activity.Register(
                            offset,
                            current.name(offset),
                            counts.reads,
                            counts.writes,
                            current.peek(offset)));
        }
        return new Activity(
                configReads,
                configWrites,
                registerReads,
                registerWrites,
                pageTableWrites + current.mappedEntries(),
                apertureAccesses,
                resets,
                accessed,
                List.copyOf(last));
    }
}
