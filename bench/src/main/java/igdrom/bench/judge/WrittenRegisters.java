package igdrom.bench.judge;

import igdrom.knowledge.DisplayBuffer;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.knowledge.Platform.StolenBase;
import igdrom.virtualigd.Activity;
import igdrom.virtualigd.VirtualIgd;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The writes to a device since the firmware read its ROM: who may have made them.
record WrittenRegisters(List<Activity.Entry> writes) {
    /// A range of config space.
    private record Range(long start, long size) {
        boolean contains(Activity.Entry write) {
            return write.offset() >= start && write.offset() + write.size() <= start + size;
        }

        boolean overlaps(Activity.Entry write) {
            return write.offset() < start + size && write.offset() + write.size() > start;
        }
    }

    private static final Range ASLS = new Range(0xfc, 4);

    /// Where BDSM is on any platform.
    private static final List<Range> ALL_BDSM = List.of(new Range(0x5c, 4), new Range(0xc0, 8));

    private static final Range INTERRUPT_LINE = new Range(0x3c, 1);
    private static final int NO_INTERRUPT = 0xff;

    /// What the firmware writes at any time: command and status, the addresses of BARs and ROM.
    ///
    /// Spec: PCI Local Bus 3.0, "Type 00h Configuration Space Header".
    private static final List<Range> FIRMWARE =
            List.of(new Range(0x04, 4), new Range(0x10, 0x18), new Range(0x30, 4));

    /// Writes that clear PME_Status in PMCSR, which firmware makes when it finds a device.
    private static final Range POWER_STATUS = new Range(0xd4, 2);

    private static final int PME_STATUS = 0x8000;
    private static final int MAX_LISTED = 4;
    private static final int REGISTERS = 0;
    private static final long MIB = 1 << 20;

    WrittenRegisters {
        writes = List.copyOf(writes);
    }

    /// These writes without those that clear the display state: to the page table, and requests for
    /// power to the display buffer.
    WrittenRegisters withoutDisplayState(Platform platform) {
        List<DisplayBuffer> buffers = Knowledge.displayBuffers(platform);
        return new WrittenRegisters(
                writes.stream()
                        .filter(write ->
                                !isToPageTable(write, platform) && !isPowerRequest(write, buffers))
                        .toList());
    }

    /// How many requests for power to the display buffer come before the first write to the page
    /// table.
    long powerRequestsFirst(Platform platform) {
        List<DisplayBuffer> buffers = Knowledge.displayBuffers(platform);
        return writes.stream()
                .takeWhile(write -> !isToPageTable(write, platform))
                .filter(write -> isPowerRequest(write, buffers))
                .count();
    }

    private static boolean isToPageTable(Activity.Entry write, Platform platform) {
        return write.region() == REGISTERS && write.offset() >= (long) platform.bar0MiB() * MIB / 2;
    }

    private static boolean isPowerRequest(Activity.Entry write, List<DisplayBuffer> buffers) {
        return write.region() == REGISTERS
                && ((int) write.value() & DisplayBuffer.POWER_REQUEST) != 0
                && buffers.stream().anyMatch(buffer -> buffer.offset() == write.offset());
    }

    /// Whether the BDSM register of any platform was written.
    boolean hasBdsm() {
        return writes.stream()
                .anyMatch(write ->
                        isConfig(write) && ALL_BDSM.stream().anyMatch(r -> r.overlaps(write)));
    }

    boolean hasAsls() {
        return writes.stream().anyMatch(write -> isConfig(write) && ASLS.overlaps(write));
    }

    /// The writes that neither the firmware nor a driver that sets up ASLS and BDSM makes.
    ///
    /// @param bdsm null when it may not be written
    List<String> others(@Nullable StolenBase bdsm) {
        return others(writes, bdsm);
    }

    /// The same up to the last write of ASLS or BDSM: a GOP starts after it.
    List<String> othersBeforeSetup(@Nullable StolenBase bdsm) {
        int end = 0;
        for (int i = 0; i < writes.size(); i++) {
            Activity.Entry write = writes.get(i);
            if (isConfig(write)
                    && (ASLS.contains(write) || (bdsm != null && range(bdsm).contains(write)))) {
                end = i + 1;
            }
        }
        return others(writes.subList(0, end), bdsm);
    }

    private List<String> others(List<Activity.Entry> examined, @Nullable StolenBase bdsm) {
        Set<String> others = new LinkedHashSet<>();
        for (Activity.Entry write : examined) {
            boolean setUp =
                    isConfig(write)
                            && (ASLS.contains(write)
                                    || (bdsm != null && range(bdsm).contains(write)));
            if (!setUp && !isFirmwares(write)) {
                others.add(describe(write));
            }
        }
        List<String> listed = new ArrayList<>(others);
        if (listed.size() <= MAX_LISTED) {
            return listed;
        }
        List<String> first = new ArrayList<>(listed.subList(0, MAX_LISTED));
        first.add("%d more".formatted(listed.size() - MAX_LISTED));
        return first;
    }

    private boolean isFirmwares(Activity.Entry write) {
        if (!isConfig(write)) {
            return false;
        }
        if (INTERRUPT_LINE.contains(write)) {
            return write.value() == NO_INTERRUPT || write.value() == lastInterruptLine();
        }
        if (POWER_STATUS.contains(write)) {
            return write.value() == PME_STATUS;
        }
        return FIRMWARE.stream().anyMatch(range -> range.contains(write));
    }

    /// The interrupt line that the firmware assigns when the drivers have started.
    private long lastInterruptLine() {
        long last = -1;
        for (Activity.Entry write : writes) {
            if (isConfig(write) && INTERRUPT_LINE.contains(write)) {
                last = write.value();
            }
        }
        return last;
    }

    private static Range range(StolenBase bdsm) {
        return new Range(bdsm.offset(), bdsm.bits() / 8);
    }

    private static boolean isConfig(Activity.Entry write) {
        return write.region() == VirtualIgd.CONFIG;
    }

    private static String describe(Activity.Entry write) {
        return "0x%x was written to %s"
                .formatted(
                        write.value(),
                        isConfig(write)
                                ? "config space at 0x%x".formatted(write.offset())
                                : "BAR%d at 0x%x".formatted(write.region(), write.offset()));
    }
}
