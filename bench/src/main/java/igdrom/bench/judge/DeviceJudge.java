package igdrom.bench.judge;

import igdrom.bench.judge.Expectation.Stolen;
import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.MemoryMap;
import igdrom.bench.witness.Witness.Mirror;
import igdrom.knowledge.Platform;
import igdrom.knowledge.Platform.StolenBase;
import java.util.List;
import java.util.Optional;

/// Whether one graphics device has its OpRegion and its stolen memory in the guest.
final class DeviceJudge {
    private static final long MIB = 1 << 20;
    private static final long FOUR_GIB = 1L << 32;

    private final String prefix;
    private final Expectation all;
    private final Expectation.Gpu expected;
    private final MemoryMap memory;
    private final Look look;
    private final Observations.Gpu seen;

    DeviceJudge(
            String prefix,
            Expectation all,
            Expectation.Gpu expected,
            Look look,
            Observations.Gpu seen) {
        this.prefix = prefix;
        this.all = all;
        this.expected = expected;
        this.memory = look.witness().memory();
        this.look = look;
        this.seen = seen;
    }

    void judge(List<Check> checks, List<String> notProved) {
        checks.addAll(new OpRegionJudge(prefix, expected, look, seen).judge());
        Platform platform = expected.platform();
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
            judgeStolen(expected.stolen(), platform, checks, notProved);
        } else if (platform.stolenBase() != null) {
            checks.add(check("bdsm", seen.bdsm() == 0, "no stolen memory is requested"));
        } else {
            checks.add(
                    check(
                            "bdsm",
                            true,
                            platform.codename() + " needs no stolen memory in a guest"));
        }
    }

    private void judgeStolen(
            Stolen wanted, Platform platform, List<Check> checks, List<String> notProved) {
        StolenBase register = platform.stolenBase();
        if (register == null) {
            throw new IllegalStateException(platform + " has no stolen memory");
        }
        long base = seen.bdsm() & -MIB;
        if (base == 0) {
            checks.add(check("bdsm", false, "BDSM is 0: the guest has no stolen memory"));
            return;
        }
        checks.add(
                ConfigCheck.of(look.witness(), expected.location())
                        .shows(
                                prefix + "bdsm",
                                "BDSM",
                                register.offset(),
                                register.bits(),
                                seen.bdsm()));
        Optional<Mirror> mirror = look.witness().mirror(expected.location());
        long mask = register.bits() == 64 ? -MIB : 0xfff0_0000L;
        checks.add(
                check(
                        "bdsm.mirror",
                        mirror.isPresent()
                                && mirror.get().status() == 0
                                && (mirror.get().bdsm() & mask) == base,
                        mirror.map(shown -> "BAR0 shows " + hex(shown.bdsm()))
                                .orElse("BAR0 could not be read")));
        checks.add(
                check(
                        "stolen.size",
                        memory.covers(base, wanted.size(), MemoryMap.RESERVED),
                        "%d MiB by %s: %s to %s is %s"
                                .formatted(
                                        wanted.size() / MIB,
                                        wanted.sizeSource(),
                                        hex(base),
                                        hex(base + wanted.size()),
                                        memory.describe(base, wanted.size()))));
        checks.add(
                check(
                        "stolen.below4g",
                        base > 0 && base + wanted.size() <= FOUR_GIB,
                        "ends at " + hex(base + wanted.size())));
        if (wanted.base() != 0) {
            checks.add(
                    check(
                            wanted.preset() ? "stolen.kept" : "stolen.base",
                            base == wanted.base(),
                            base == wanted.base()
                                    ? "%s, as %s says".formatted(hex(base), wanted.baseSource())
                                    : "%s, but %s says %s"
                                            .formatted(
                                                    hex(base),
                                                    wanted.baseSource(),
                                                    hex(wanted.base()))));
        }
        judgeZeros(checks, notProved);
    }

    private void judgeZeros(List<Check> checks, List<String> notProved) {
        if (all.gop()) {
            notProved.add(prefix + "that stolen memory was zeroed: the GOP draws into it");
            return;
        }
        switch (seen.stolen()) {
            case Observations.Stolen.Zeros() ->
                    checks.add(check("stolen.zeroed", true, "all zeros"));
            case Observations.Stolen.Filled(long offset) ->
                    checks.add(check("stolen.zeroed", false, "not 0 at +" + hex(offset)));
            case Observations.Stolen.Unread(String why) ->
                    checks.add(check("stolen.zeroed", false, why));
        }
    }

    private Check check(String id, boolean ok, String evidence) {
        return new Check(prefix + id, ok, evidence);
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
