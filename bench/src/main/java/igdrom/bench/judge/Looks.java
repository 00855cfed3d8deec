package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import java.util.List;
import java.util.function.BiConsumer;

/// The looks at a guest, one after each boot: what every judge says of them.
final class Looks {
    private Looks() {}

    /// Judges each look that is expected: that the guest booted, which images of the ROM ran, and
    /// what the given judge adds. A look that is missing fails, and none after it is judged.
    ///
    /// @param judge takes the prefix of the check names and the look
    static void judge(
            Expectation expected,
            Observations seen,
            List<Check> checks,
            List<String> notProved,
            BiConsumer<String, Look> judge) {
        for (int i = 0; i < expected.looks(); i++) {
            String prefix = i == 0 ? "" : "reboot.";
            if (i >= seen.looks().size()) {
                checks.add(new Check(prefix + "boot", false, seen.ending()));
                notProved.add(
                        i == 0
                                ? "anything else: the guest did not get that far"
                                : "anything after a reboot: the guest did not get that far");
                return;
            }
            Look look = seen.looks().get(i);
            checks.add(boot(prefix, look));
            checks.add(RunningImages.check(prefix, expected, look.witness()));
            judge.accept(prefix, look);
        }
    }

    private static Check boot(String prefix, Look look) {
        long lost = look.witness().lost();
        return new Check(
                prefix + "boot",
                lost == 0,
                lost == 0
                        ? "the guest came up, firmware: " + look.witness().firmware().vendor()
                        : "the witness dropped records that did not fit: " + lost);
    }
}
