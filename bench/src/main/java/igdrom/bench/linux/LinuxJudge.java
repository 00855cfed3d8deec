package igdrom.bench.linux;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.DriverReport;
import java.util.ArrayList;
import java.util.List;

/// Whether the kernel found what the ROM has set up.
///
/// Source: Linux, arch/x86/kernel/early-quirks.c, `intel_graphics_stolen`; arch/x86/kernel/e820.c;
/// drivers/gpu/drm/i915/display/intel_opregion.c.
public final class LinuxJudge {
    private static final String E820 = "BIOS-e820: [mem 0x";
    private static final String QUIRK = "Reserving Intel graphics memory at [mem 0x";

    private final Expectation expected;
    private final LinuxReport told;
    private final long bdsm;
    private final String ending;
    private final List<Check> checks = new ArrayList<>();

    private LinuxJudge(Expectation expected, LinuxReport told, long bdsm, String ending) {
        this.expected = expected;
        this.told = told;
        this.bdsm = bdsm;
        this.ending = ending;
    }

    /// Compares what the kernel told with what was expected.
    ///
    /// @param bdsm what the device holds
    /// @param ending why there is no more than that, when it is not whole
    public static List<Check> checks(
            Expectation expected, LinuxReport told, long bdsm, String ending) {
        LinuxJudge judge = new LinuxJudge(expected, told, bdsm, ending);
        judge.all();
        return List.copyOf(judge.checks);
    }

    private void all() {
        String version = told.message("Linux version");
        int at = Math.max(0, version.indexOf("Linux version"));
        int end = version.indexOf(' ', at + "Linux version ".length());
        check(
                "linux.boot",
                told.whole(),
                told.whole() ? version.substring(at, end < 0 ? version.length() : end) : ending);
        if (!told.whole()) {
            return;
        }
        Expectation.Gpu gpu = expected.gpus().getFirst();
        if (gpu.stolen() != null) {
            stolen(gpu.stolen().size());
        } else {
            String line = told.message(QUIRK);
            check("linux.stolen", line.isEmpty(), line.isEmpty() ? "none is reserved" : line);
        }
        if (gpu.opRegion() != null) {
            String region = told.message("ACPI OpRegion version");
            check(
                    "linux.opregion",
                    !region.isEmpty(),
                    region.isEmpty() ? "i915 found no OpRegion" : words(region));
            if (!gpu.opRegion().vbt().isEmpty()) {
                String vbt = told.message("Found valid VBT in ACPI OpRegion");
                check(
                        "linux.vbt",
                        !vbt.isEmpty(),
                        vbt.isEmpty() ? "i915 found no VBT in it" : words(vbt));
            }
        }
        if (expected.ours()) {
            report();
        }
    }

    private void stolen(long size) {
        long base = bdsm >>> 20 << 20;
        String range = "0x%x-0x%x".formatted(base, base + size - 1);
        check(
                "linux.reserved",
                base != 0 && reserved(base, size),
                "firmware's map, " + range + (reserved(base, size) ? ": reserved" : ": not so"));
        String line = told.message(QUIRK);
        long[] found = range(line, QUIRK);
        check(
                "linux.stolen",
                found[0] == base && found[1] == base + size - 1,
                line.isEmpty() ? "the kernel reserves no graphics memory" : words(line));
    }

    /// Whether the map that the firmware gave to the kernel has all of it as reserved.
    private boolean reserved(long base, long size) {
        long reached = base;
        for (String line : told.dmesg()) {
            if (line.contains(E820) && line.endsWith("] reserved")) {
                long[] range = range(line, E820);
                if (range[0] <= reached && range[1] >= reached) {
                    reached = range[1] + 1;
                }
            }
        }
        return reached >= base + size;
    }

    /// First and last address of a line, -1 for none.
    private static long[] range(String line, String before) {
        int at = line.indexOf(before);
        int start = at + before.length();
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

    private void report() {
        if (told.report().isEmpty()) {
            check("linux.report", false, "efivars have no IgdromReport");
            return;
        }
        try {
            DriverReport report =
                    DriverReport.read(told.report(), Location.root("efivars"), new Diagnostics());
            check(
                    "linux.report",
                    true,
                    "efivars have IgdromReport, " + report.entries().size() + " entries");
        } catch (MalformedImageException e) {
            check("linux.report", false, String.valueOf(e.getMessage()));
        }
    }

    /// Without the time and the device.
    private static String words(String line) {
        int end = line.lastIndexOf("] ");
        return line.startsWith("[") && end > 0 && line.indexOf("[mem") < 0
                ? line.substring(end + 2)
                : line.substring(line.indexOf(']') + 1).strip();
    }

    private void check(String id, boolean ok, String evidence) {
        checks.add(new Check(id, ok, evidence));
    }
}
