package igdrom.bench.judge;

import static igdrom.bench.judge.DeviceJudge.hex;

import igdrom.bench.judge.Expectation.Stolen;
import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.MemoryMap;
import igdrom.bench.witness.Witness.Mirror;
import igdrom.knowledge.Platform.StolenBase;
import java.util.List;
import java.util.Optional;

/// Whether BDSM leads to stolen memory as a guest needs it: reserved, of the right size, real
/// memory, and empty.
final class StolenJudge {
    private static final long MIB = 1 << 20;
    private static final long FOUR_GIB = 1L << 32;

    private final String prefix;
    private final Expectation.Gpu expected;
    private final StolenBase register;
    private final Look look;
    private final Observations.Gpu seen;

    StolenJudge(
            String prefix,
            Expectation.Gpu expected,
            StolenBase register,
            Look look,
            Observations.Gpu seen) {
        this.prefix = prefix;
        this.expected = expected;
        this.register = register;
        this.look = look;
        this.seen = seen;
    }

    void judge(Stolen wanted, boolean gop, List<Check> checks, List<String> notProved) {
        long base = seen.bdsm() & -MIB;
        if (base == 0) {
            checks.add(check("bdsm", false, "BDSM is 0: the guest has no stolen memory"));
            return;
        }
        judgeRegister(wanted, base, checks);
        MemoryMap memory = look.witness().memory();
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
        judgeContents(wanted, gop, checks, notProved);
    }

    private void judgeRegister(Stolen wanted, long base, List<Check> checks) {
        checks.add(
                ConfigCheck.of(look.witness(), expected.location())
                        .shows(
                                prefix + "bdsm",
                                "BDSM",
                                register.offset(),
                                register.bits(),
                                seen.bdsm()));
        if (!wanted.preset()) {
            long flags = seen.bdsm() & (MIB - 1);
            checks.add(
                    check(
                            "bdsm.flags",
                            flags == 0,
                            flags == 0
                                    ? "the bits below 1 MiB are clear"
                                    : "%s is set below 1 MiB; bit 0 locks the register on hardware"
                                            .formatted(hex(flags))));
        }
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
    }

    private void judgeContents(
            Stolen wanted, boolean gop, List<Check> checks, List<String> notProved) {
        boolean memory = seen.notMemory().isEmpty();
        checks.add(
                check(
                        "stolen.memory",
                        memory,
                        memory
                                ? "the guest's memory: its first and last page and some in between"
                                        + " keep what is written"
                                : seen.notMemory()));
        switch (seen.stolen()) {
            case Observations.Stolen.Zeros() -> {
                if (wanted.preset() && (seen.bdsm() & -MIB) == wanted.base()) {
                    checks.add(
                            check(
                                    "stolen.untouched",
                                    false,
                                    "all zeros: what the hypervisor had set up was cleared"));
                } else {
                    checks.add(check("stolen.zeroed", true, "all zeros"));
                }
            }
            case Observations.Stolen.Filled(long offset, boolean untouched) -> {
                if (wanted.preset()) {
                    notProved.add(
                            prefix
                                    + "that stolen memory was zeroed: the hypervisor has set it"
                                    + " up");
                } else if (gop && !untouched) {
                    notProved.add(prefix + "that stolen memory was zeroed: the GOP draws into it");
                } else {
                    checks.add(
                            check(
                                    "stolen.zeroed",
                                    false,
                                    untouched
                                            ? "holds at +%s what was in memory before"
                                                    .formatted(hex(offset))
                                            : "not 0 at +" + hex(offset)));
                }
            }
            case Observations.Stolen.Unread(String why) ->
                    checks.add(check("stolen.zeroed", false, why));
        }
    }

    private Check check(String id, boolean ok, String evidence) {
        return new Check(prefix + id, ok, evidence);
    }
}
