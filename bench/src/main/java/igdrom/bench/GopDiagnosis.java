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

/// Says in words where a GOP stands that shows nothing.
///
/// @param name what a register is called, `""` for nothing known
/// @param misread what it does not find in its VBT, `""` for nothing
record GopDiagnosis(Function<Activity.Entry, String> name, String misread) {
    /// So many of its last accesses tell what it is at.
    private static final int MANY = 32;

    /// Where our driver and the witness look, too.
    private static final long MIRRORS = 0x108000;

    private static final long MIRRORS_END = 0x108100;

    /// A loop may read two or three registers in turn. Observed: 21.0.1066 reads one before it
    /// looks at the LPC bridge.
    private static final int FEW = 3;

    static GopDiagnosis of(TestMachine setting, Expectation expected, GpuServer gpu) {
        Expectation.OpRegion region = expected.gpus().getFirst().opRegion();
        String misread = "";
        if (region != null && setting.rom().gop().isPresent()) {
            misread =
                    vbt(region.vbt())
                            .map(vbt -> setting.rom().gop().get().reads(vbt))
                            .filter(VbtReading.Misread.class::isInstance)
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

    /// Of one that does not come back.
    ///
    /// @param later the same a moment later
    String running(Activity now, Activity later) {
        return told(
                accesses(later) > accesses(now)
                        ? busy(later)
                        : idle(later, "the GOP no longer touches the device"));
    }

    /// Of one that came back without a picture.
    String ended(Activity now) {
        return told(idle(now, "the GOP gave up"));
    }

    private String told(String words) {
        return misread.isEmpty() ? words : words + "; " + misread;
    }

    private String busy(Activity now) {
        List<Activity.Entry> last = registers(now);
        long different = last.stream().map(Activity.Entry::offset).distinct().count();
        boolean reads = last.stream().noneMatch(Activity.Entry::write);
        return last.size() >= MANY && different <= FEW && reads
                ? "the GOP waits: it goes on reading " + register(last.getLast())
                : "the GOP is still at work, it last " + done(now);
    }

    private String idle(Activity now, String words) {
        long touched = now.registers().stream().filter(one -> !mirror(one.offset())).count();
        return touched <= FEW
                ? "the GOP has set up nothing: it does not know the device or the LPC bridge at"
                        + " 00:1f.0, or did not start"
                : words + ", it last " + done(now);
    }

    private String done(Activity now) {
        List<Activity.Entry> last = registers(now);
        if (last.isEmpty()) {
            return "read and wrote other things than registers";
        }
        return (last.getLast().write() ? "wrote " : "read ") + register(last.getLast());
    }

    private String register(Activity.Entry entry) {
        String known = name.apply(entry);
        return "register 0x%x %s: 0x%x"
                .formatted(
                        entry.offset(),
                        known.isEmpty() ? "(of which nothing is known)" : known,
                        entry.value());
    }

    /// The last accesses to BAR0.
    private static List<Activity.Entry> registers(Activity activity) {
        List<Activity.Entry> last =
                activity.last().stream()
                        .filter(entry -> entry.region() == 0 && !mirror(entry.offset()))
                        .toList();
        return last.subList(Math.max(0, last.size() - MANY), last.size());
    }

    private static boolean mirror(long offset) {
        return offset >= MIRRORS && offset < MIRRORS_END;
    }

    private static long accesses(Activity activity) {
        return activity.registerReads()
                + activity.registerWrites()
                + activity.pageTableWrites()
                + activity.apertureAccesses();
    }
}
