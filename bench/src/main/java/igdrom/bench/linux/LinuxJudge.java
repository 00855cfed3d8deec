package igdrom.bench.linux;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Verdict;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.DriverReport;
import java.util.ArrayList;
import java.util.List;

/// Checks that a Linux kernel found what the ROM set up.
///
/// Source: Linux, arch/x86/kernel/early-quirks.c, `intel_graphics_stolen`; arch/x86/kernel/e820.c;
/// drivers/gpu/drm/i915/display/intel_opregion.c.
public final class LinuxJudge {
    private static final String E820 = "BIOS-e820: [mem 0x";

    /// Begins each message of i915 about a device that it drives.
    private static final String I915 = "i915 ";

    private static final String QUIRK = "Reserving Intel graphics memory at [mem 0x";

    private final Expectation expected;
    private final LinuxReport report;
    private final long bdsm;
    private final String ending;
    private final List<Check> checks = new ArrayList<>();
    private final List<String> notProved = new ArrayList<>();

    private LinuxJudge(Expectation expected, LinuxReport report, long bdsm, String ending) {
        this.expected = expected;
        this.report = report;
        this.bdsm = bdsm;
        this.ending = ending;
    }

    /// Compares the kernel's report with what is expected.
    ///
    /// @param bdsm the device's BDSM
    /// @param ending why the report is incomplete
    public static Verdict verdict(
            Expectation expected, LinuxReport report, long bdsm, String ending) {
        LinuxJudge judge = new LinuxJudge(expected, report, bdsm, ending);
        judge.checkAll();
        return new Verdict(judge.checks, judge.notProved);
    }

    /// Whether i915 uses stolen memory, on a generation that compares it with the host's: a check
    /// only where the ROM was told the host's base.
    ///
    /// Source: Linux, drivers/gpu/drm/i915/intel_memory_region.c, v6.12: "Skip stolen region".
    public static Check stolenUsed(LinuxReport report) {
        String line = report.message("Skip stolen region");
        return new Check(
                "linux.stolen.host",
                line.isEmpty(),
                line.isEmpty() ? "i915 has not skipped stolen memory" : text(line));
    }

    private void checkAll() {
        String version = report.message("Linux version");
        int at = Math.max(0, version.indexOf("Linux version"));
        int end = version.indexOf(' ', at + "Linux version ".length());
        check(
                "linux.boot",
                report.complete(),
                report.complete()
                        ? version.substring(at, end < 0 ? version.length() : end)
                        : ending);
        if (!report.complete()) {
            return;
        }
        Expectation.Gpu gpu = expected.gpus().getFirst();
        if (gpu.stolen() != null) {
            checkStolen(gpu.stolen().size());
        } else {
            String line = report.message(QUIRK);
            check("linux.stolen", line.isEmpty(), line.isEmpty() ? "none reserved" : line);
        }
        if (report.message(I915 + gpu.location()).isEmpty()) {
            notProved.add(
                    "that i915 finds OpRegion and VBT: the i915 of this kernel does not drive "
                            + gpu.id());
        } else if (gpu.opRegion() != null) {
            String region = report.message("ACPI OpRegion version");
            check(
                    "linux.opregion",
                    !region.isEmpty(),
                    region.isEmpty() ? "i915 found no OpRegion" : text(region));
            if (!gpu.opRegion().vbt().isEmpty()) {
                String vbt = report.message("Found valid VBT in ACPI OpRegion");
                check(
                        "linux.vbt",
                        !vbt.isEmpty(),
                        vbt.isEmpty() ? "i915 found no VBT in the OpRegion" : text(vbt));
            }
        }
        if (expected.wholeHost() && !report.message(I915 + gpu.location()).isEmpty()) {
            checkInterrupt();
        }
        if (expected.igdromDriver()) {
            checkReport();
        }
    }

    private void checkStolen(long size) {
        long base = bdsm >>> 20 << 20;
        String range = "0x%x-0x%x".formatted(base, base + size - 1);
        check(
                "linux.reserved",
                base != 0 && isReserved(base, size),
                "firmware's memory map: "
                        + range
                        + (isReserved(base, size) ? " is reserved" : " is not reserved"));
        String line = report.message(QUIRK);
        long[] found = range(line, QUIRK);
        check(
                "linux.stolen",
                found[0] == base && found[1] == base + size - 1,
                line.isEmpty() ? "the kernel reserves no graphics memory" : text(line));
    }

    /// Whether the firmware's memory map reserves the whole range.
    private boolean isReserved(long base, long size) {
        long reached = base;
        for (String line : report.dmesg()) {
            if (line.contains(E820) && line.endsWith("] reserved")) {
                long[] range = range(line, E820);
                if (range[0] <= reached && range[1] >= reached) {
                    reached = range[1] + 1;
                }
            }
        }
        return reached >= base + size;
    }

    /// The first and last address of the range in a line; -1 for both when the line has no range.
    private static long[] range(String line, String prefix) {
        int at = line.indexOf(prefix);
        int start = at + prefix.length();
        int dash = line.indexOf("-0x", start);
        int end = line.indexOf(']', start);
        if (at < 0 || dash < 0 || end < dash) {
            return new long[] {-1, -1};
        }
        try {
            return new long[] {
                Long.parseLong(line, start, dash, 16), Long.parseLong(line, dash + 3, end, 16)
            };
        } catch (NumberFormatException _) {
            return new long[] {-1, -1};
        }
    }

    /// Spec: Linux, Documentation/filesystems/proc.rst: number, a count for each processor, and the
    /// names of chip and driver.
    private void checkInterrupt() {
        String line = report.interrupts().isEmpty() ? "" : report.interrupts().getFirst();
        String[] words = line.split(" +", -1);
        check(
                "linux.interrupt",
                words.length > 2 && words[1].matches("[1-9][0-9]*"),
                line.isEmpty()
                        ? "i915 has no interrupt"
                        : "i915's interrupt and its count: " + String.join(" ", words));
    }

    private void checkReport() {
        if (report.report().isEmpty()) {
            check("linux.report", false, "efivarfs has no IgdromReport");
            return;
        }
        try {
            DriverReport driverReport =
                    DriverReport.read(report.report(), Location.root("efivars"), new Diagnostics());
            check(
                    "linux.report",
                    true,
                    "efivarfs has IgdromReport, " + driverReport.entries().size() + " entries");
        } catch (MalformedImageException e) {
            check("linux.report", false, String.valueOf(e.getMessage()));
        }
    }

    /// A kernel message without its time and device.
    private static String text(String line) {
        int end = line.lastIndexOf("] ");
        return line.startsWith("[") && end > 0 && line.indexOf("[mem") < 0
                ? line.substring(end + 2)
                : line.substring(line.indexOf(']') + 1).strip();
    }

    private void check(String id, boolean ok, String evidence) {
        checks.add(new Check(id, ok, evidence));
    }
}
