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

    private final TreeMap<Integer, Counts> registers = new TreeMap<>();
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

    void pageTableWritten() {
        pageTableWrites++;
    }

    void aperture() {
        apertureAccesses++;
    }

    void ports(long offset, Image data, boolean write) {
        keep(4, offset, data, write);
    }

    void reset() {
        resets++;
    }

    private void keep(int region, long offset, Image data, boolean write) {
        if (last.size() >= MAX_LAST) {
            last.removeFirst();
        }
        long value = 0;
        for (int i = 0; i < Math.min(8, data.size()); i++) {
            value |= (long) data.u8(i) << (8 * i);
        }
        last.addLast(new Activity.Entry(region, offset, (int) data.size(), write, value));
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
                pageTableWrites,
                apertureAccesses,
                resets,
                accessed,
                List.copyOf(last));
    }
}
