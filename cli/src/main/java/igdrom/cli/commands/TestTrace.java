package igdrom.cli.commands;

import igdrom.bench.Outcome;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.virtualigd.Activity;
import java.util.List;

/// Prints what `igdrom test --trace` adds: the output of QEMU and the drivers, and the accesses of
/// the guest to the device, which show where a driver gave up.
final class TestTrace {
    private static final int MAX_LINES = 40;

    private TestTrace() {}

    static void print(Output err, Outcome outcome, List<String> dmesg) throws OutputException {
        lines(err, "qemu: ", outcome.qemuLines());
        lines(err, "driver: ", outcome.driverLines());
        lines(err, "linux: ", dmesg);
        for (Activity activity : outcome.activities()) {
            err.line(
                    "config space: "
                            + activity.configReads()
                            + " read, "
                            + activity.configWrites()
                            + " written; registers: "
                            + activity.registerReads()
                            + " read, "
                            + activity.registerWrites()
                            + " written; page table: "
                            + activity.pageTableWrites()
                            + " written; resets: "
                            + activity.resets());
            head(err, "unknown register: ", activity.unknown());
            List<Activity.Entry> last = activity.last();
            head(err, "access: ", last.subList(Math.max(0, last.size() - MAX_LINES), last.size()));
        }
    }

    private static void head(Output err, String label, List<?> entries) throws OutputException {
        for (Object entry : entries.subList(0, Math.min(MAX_LINES, entries.size()))) {
            err.line(label + entry);
        }
    }

    private static void lines(Output err, String label, List<String> lines) throws OutputException {
        for (String line : lines) {
            err.line(label + line);
        }
    }
}
