package igdrom.virtualigd;

import igdrom.bytes.Image;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps what becomes an [Activity]. A guest makes millions of accesses: nothing here grows beyond
/// a bound.
///
/// Not thread-safe: the device has the lock.
final class Trace {
    /// Most registers that are told apart.
    static final int MAX_REGISTERS = 4096;

    /// How many of the last accesses are kept.
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
            // Firmware reads it all the time: that would leave no room for anything else.
            configReads++;
        }
    }

    void register(long offset, Image data, boolean write) {
        if (write) {
            registerWrites++;
        } else {
            registerReads++;
        }
        int number = (int) offset & ~3;
        Counts counts = registers.get(number);
        if (counts == null && registers.size() < MAX_REGISTERS) {
            counts = new Counts();
            registers.put(number, counts);
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

    Activity activity(Registers now) {
        List<Activity.Register> touched = new ArrayList<>();
        for (Map.Entry<Integer, Counts> entry : registers.entrySet()) {
            int offset = entry.getKey();
            Counts counts = entry.getValue();
            touched.add(
                    new Activity.Register(
                            offset,
                            now.name(offset),
                            counts.reads,
                            counts.writes,
                            now.peek(offset)));
        }
        return new Activity(
                configReads,
                configWrites,
                registerReads,
                registerWrites,
                pageTableWrites,
                apertureAccesses,
                resets,
                touched,
                List.copyOf(last));
    }
}
