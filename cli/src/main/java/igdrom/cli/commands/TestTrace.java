package igdrom.cli.commands;

import igdrom.bench.Outcome;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.virtualigd.Activity;
import java.util.List;

/// What `igdrom test --trace` says besides: what QEMU and the drivers wrote, and what the guest did
/// with the device, where a driver that gave up leaves its reason.
final class TestTrace {
    private static final int MOST = 40;

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
            head(err, "access: ", last.subList(Math.max(0, last.size() - MOST), last.size()));
        }
    }

    private static void head(Output err, String label, List<?> things) throws OutputException {
        for (Object thing : things.subList(0, Math.min(MOST, things.size()))) {
            err.line(label + thing);
        }
    }

    private static void lines(Output err, String label, List<String> lines) throws OutputException {
        for (String line : lines) {
            err.line(label + line);
        }
    }
}
