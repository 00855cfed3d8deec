package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.knowledge.Platform;
import igdrom.knowledge.Platform.StolenBase;
import java.util.ArrayList;
import java.util.List;

/// Whether one graphics device has its OpRegion and its stolen memory in the guest.
final class DeviceJudge {
    private final String prefix;
    private final Expectation all;
    private final Expectation.Gpu expected;
    private final Look look;
    private final boolean gop;
    private final Observations.Gpu seen;

    DeviceJudge(
            String prefix,
            Expectation all,
            Expectation.Gpu expected,
            Look look,
            boolean gop,
            Observations.Gpu seen) {
        this.prefix = prefix;
        this.all = all;
        this.expected = expected;
        this.look = look;
        this.gop = gop;
        this.seen = seen;
    }

    void judge(List<Check> checks, List<String> notProved) {
        Platform platform = expected.platform();
        if (platform == null && all.igdromDriver()) {
            boolean written = new WrittenRegisters(seen.writes()).hasAsls();
            checks.add(
                    check(
                            "asls",
                            !written,
                            written
                                    ? "the device is unknown, but ASLS was written"
                                    : "the device is unknown, and ASLS is unchanged"));
        } else {
            checks.addAll(new OpRegionJudge(prefix, expected, look, seen).judge());
        }
        if (platform == null) {
            if (all.igdromDriver()) {
                boolean unchanged = seen.bdsm() == 0;
                checks.add(
                        check(
                                "bdsm",
                                unchanged,
                                unchanged
                                        ? "the device is unknown, and BDSM is unchanged"
                                        : "the device is unknown, but BDSM was written"));
            }
            notProved.add(prefix + "stolen memory: " + expected.id() + " is an unknown device");
        } else if (expected.stolen() != null) {
            StolenBase register = platform.stolenBase();
            if (register == null) {
                throw new IllegalStateException(platform + " has no stolen memory");
            }
            new StolenJudge(prefix, expected, register, look, seen)
                    .judge(expected.stolen(), gop, checks, notProved);
        } else if (platform.stolenBase() != null) {
            boolean unchanged = seen.bdsm() == 0;
            checks.add(
                    check(
                            "bdsm",
                            unchanged,
                            unchanged
                                    ? "BDSM is unchanged: the hypervisor and GGC ask for no stolen"
                                            + " memory"
                                    : "BDSM was written, but the hypervisor or GGC has no stolen"
                                            + " memory"));
        } else {
            boolean written = new WrittenRegisters(seen.writes()).hasBdsm();
            checks.add(
                    check(
                            "bdsm",
                            !written,
                            platform.codename()
                                    + " needs no stolen memory in a guest"
                                    + (written
                                            ? ", but the registers of earlier platforms for it"
                                                    + " were written"
                                            : "")));
        }
        if (all.wholeHost()) {
            notProved.add(
                    prefix
                            + "that the driver leaves other registers alone: the host writes to"
                            + " them too");
        } else {
            judgeWrites(checks, notProved);
        }
        if (all.clearsDisplayState() && platform != null) {
            judgeDisplayState(checks, notProved);
        }
    }

    private void judgeDisplayState(List<Check> checks, List<String> notProved) {
        Observations.DisplayState left = seen.display();
        List<String> problems = new ArrayList<>();
        if (left.foreign() > 0) {
            problems.add(left.foreign() + " page table entries do not lead to stolen memory");
        }
        if (!left.unrequested().isEmpty()) {
            problems.add("power that nobody requests: " + String.join(", ", left.unrequested()));
        }
        checks.add(
                check(
                        "display.state",
                        problems.isEmpty(),
                        problems.isEmpty()
                                ? "nothing of the host's firmware is left in the page table and"
                                        + " the display buffer"
                                : String.join("; ", problems)));
        notProved.add(prefix + "that real hardware tolerates a cleared display state");
    }

    /// Whether the ROM's driver wrote to nothing but what it has to set up.
    private void judgeWrites(List<Check> checks, List<String> notProved) {
        Platform platform = expected.platform();
        WrittenRegisters written = new WrittenRegisters(seen.writes());
        if (all.clearsDisplayState() && platform != null) {
            written = written.withoutDisplayState(platform);
        }
        StolenBase bdsm =
                platform == null || expected.stolen() == null ? null : platform.stolenBase();
        List<String> others = gop ? written.othersBeforeSetup(bdsm) : written.others(bdsm);
        checks.add(
                check(
                        "driver.writes",
                        others.isEmpty(),
                        others.isEmpty()
                                ? "no register but ASLS%s and the command register was written%s"
                                        .formatted(
                                                bdsm == null ? "" : ", BDSM",
                                                all.clearsDisplayState()
                                                        ? ", except to clear the display state"
                                                        : "")
                                : String.join("; ", others)));
        if (gop) {
            notProved.add(
                    prefix
                            + "that the driver leaves the other registers alone once it has set"
                            + " ASLS and BDSM: the GOP writes to them too");
        }
    }

    private Check check(String id, boolean ok, String evidence) {
        return new Check(prefix + id, ok, evidence);
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
