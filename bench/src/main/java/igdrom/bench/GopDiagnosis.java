package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.firmware.gop.VbtReading;
import igdrom.formats.vbt.Vbt;
import igdrom.virtualigd.Activity;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Describes what a GOP that shows no picture is doing.
///
/// @param name gives the name of a register; empty when unknown
/// @param misread what the GOP does not find in its VBT; empty for nothing
record GopDiagnosis(Function<Activity.Entry, String> name, String misread) {
    /// The number of last accesses that are examined.
    private static final int MAX_EXAMINED = 32;

    /// The mirror registers of stolen memory, which our driver and the witness read as well.
    private static final long MIRRORS = 0x108000;

    private static final long MIRRORS_END = 0x108100;

    /// The number of different registers in a polling loop.
    ///
    /// Observed: some loops read two or three in turn; 21.0.1066 reads one register before it looks
    /// at the LPC bridge.
    private static final int MAX_POLLED = 3;

    static GopDiagnosis of(TestMachine machine, Expectation expected, GpuServer gpu) {
        Expectation.OpRegion region = expected.gpus().getFirst().opRegion();
        String misread = "";
        if (region != null && machine.rom().gop().isPresent()) {
            misread =
                    vbt(machine.rom().vbtForGop(region.vbt()))
                            .map(vbt -> machine.rom().gop().get().reads(vbt))
                            .filter(reading -> !(reading instanceof VbtReading.All))
                            .map(reading -> "the GOP " + reading)
                            .orElse("");
        }
        return new GopDiagnosis(gpu.device()::registerName, misread);
    }

    private static Optional<Vbt> vbt(Image bytes) {
        try {
            return Optional.of(Vbt.read(bytes, Location.root("VBT"), new Diagnostics()));
        } catch (MalformedImageException _) {
            return Optional.empty();
        }
    }

    /// Describes a GOP that has not returned.
    ///
    /// @param later the activity shortly after `now`
    String running(Activity now, Activity later) {
        return withMisread(
                accesses(later) > accesses(now)
                        ? busy(later)
                        : idle(later, "the GOP no longer touches the device"));
    }

    /// Whether a GOP that has not returned does nothing new.
    static boolean standsStill(Activity now, Activity later) {
        return accesses(later) == accesses(now) || polls(later);
    }

    private static boolean polls(Activity now) {
        List<Activity.Entry> last = registers(now);
        long different = last.stream().map(Activity.Entry::offset).distinct().count();
        boolean reads = last.stream().noneMatch(Activity.Entry::write);
        return last.size() >= MAX_EXAMINED && different <= MAX_POLLED && reads;
    }

    /// Describes a GOP that returned without a picture.
    String ended(Activity now) {
        return withMisread(idle(now, "the GOP gave up"));
    }

    private String withMisread(String text) {
        return misread.isEmpty() ? text : text + "; " + misread;
    }

    private String busy(Activity now) {
        return polls(now)
                ? "the GOP is waiting: it keeps reading " + register(registers(now).getLast())
                : "the GOP is still working: it last " + lastAccess(now);
    }

    private String idle(Activity now, String text) {
        long touched = now.registers().stream().filter(entry -> !isMirror(entry.offset())).count();
        return touched <= MAX_POLLED
                ? "the GOP has set up nothing: it does not support the device or the LPC bridge"
                        + " at 00:1f.0, or it did not start"
                : text + ", it last " + lastAccess(now);
    }

    private String lastAccess(Activity now) {
        List<Activity.Entry> last = registers(now);
        if (last.isEmpty()) {
            return "accessed memory, not registers";
        }
        return (last.getLast().write() ? "wrote " : "read ") + register(last.getLast());
    }

    private String register(Activity.Entry entry) {
        String registerName = name.apply(entry);
        return "register 0x%x %s: 0x%x"
                .formatted(
                        entry.offset(),
                        registerName.isEmpty() ? "(unknown)" : registerName,
                        entry.value());
    }

    /// The last accesses to BAR0.
    private static List<Activity.Entry> registers(Activity activity) {
        List<Activity.Entry> last =
                activity.last().stream()
                        .filter(entry -> entry.region() == 0 && !isMirror(entry.offset()))
                        .toList();
        return last.subList(Math.max(0, last.size() - MAX_EXAMINED), last.size());
    }

    private static boolean isMirror(long offset) {
        return offset >= MIRRORS && offset < MIRRORS_END;
    }

    private static long accesses(Activity activity) {
        return activity.registerReads()
                + activity.registerWrites()
                + activity.pageTableWrites()
                + activity.apertureAccesses();
    }
}
