package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import java.util.ArrayList;
import java.util.List;

/// Compares the observations of one run with what is expected.
public final class Judge {
    /// What no test with a virtual device proves.
    public static final String REAL_HARDWARE =
            "real hardware, and the drivers of the operating system";

    private final Expectation expected;
    private final Observations seen;
    private final boolean gop;
    private final PictureJudge picture;
    private final List<Check> checks = new ArrayList<>();
    private final List<String> notProved = new ArrayList<>();

    private Judge(Expectation expected, Observations seen) {
        this.expected = expected;
        this.seen = seen;
        this.gop = PictureJudge.hasGop(expected, seen.looks());
        this.picture = new PictureJudge(expected, seen);
    }

    public static Verdict verdict(Expectation expected, Observations seen) {
        Judge judge = new Judge(expected, seen);
        judge.judge();
        return new Verdict(judge.checks, judge.notProved);
    }

    /// Whether the ROM has a GOP, by its contents or by what it did in the guest.
    public static boolean hasGop(Expectation expected, List<Look> looks) {
        return PictureJudge.hasGop(expected, looks);
    }

    private void judge() {
        Looks.judge(expected, seen, checks, notProved, this::judgeLook);
        if (!expected.damage().isEmpty()) {
            checks.add(new Check("rom.whole", false, expected.damage()));
        }
        if (!seen.looks().isEmpty() && expected.vbtMadeUp()) {
            checks.add(
                    new Check(
                            "rom.vbt",
                            false,
                            "the ROM has a GOP and no VBT; the one in this guest was made up"));
        }
        if (!seen.looks().isEmpty() && gop) {
            picture.judgePicture(checks, notProved);
        } else if (!seen.looks().isEmpty()) {
            notProved.add("a picture: the ROM has no GOP");
        }
        if (!expected.wholeHost()) {
            notProved.add("what QEMU itself does for a passed-through IGD: this test emulates it");
        }
        notProved.add(REAL_HARDWARE);
    }

    private void judgeLook(String prefix, Look look) {
        for (int i = 0; i < expected.gpus().size(); i++) {
            String name = i == 0 ? prefix : prefix + "second.";
            new DeviceJudge(name, expected, expected.gpus().get(i), look, gop, look.gpus().get(i))
                    .judge(checks, notProved);
        }
        if (expected.igdromDriver() || gop) {
            new PolicyJudge(prefix, expected, look).judge(checks, notProved);
        }
        if (expected.igdromDriver()) {
            new ReportJudge(prefix, expected, look).judge(checks);
        } else if (gop) {
            notProved.add(
                    prefix + "that the GOP asks for its policy: only igdrom's driver reports that");
        }
        if (gop) {
            picture.judgeProtocol(prefix, look, checks);
        }
        new ExitJudge(prefix, expected, gop, look).judge(seen.ending(), checks, notProved);
    }
}
