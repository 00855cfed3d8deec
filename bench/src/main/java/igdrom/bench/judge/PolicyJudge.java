package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.MemoryMap;
import igdrom.bench.witness.Witness.GopPolicy;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import java.util.List;

/// Whether a GOP that asks for the policy of its platform gets the VBT of the OpRegion, or the one
/// in the ROM that is meant for it.
final class PolicyJudge {
    /// Spec: VBT header as in Linux's intel_vbt_defs.h, `vbt_checksum`.
    private static final int CHECKSUM = 0x1a;

    /// Source: driver/src/main/c/proto/gop_policy.h, `PLATFORM_GOP_POLICY_REVISION`.
    private static final int REVISION = 1;

    /// Source: edk2-platforms, PlatformGopPolicy.h, `LidOpen`; `LidClosed` is 0.
    private static final int LID_OPEN = 1;

    private final String prefix;
    private final Expectation expected;
    private final Look look;

    PolicyJudge(String prefix, Expectation expected, Look look) {
        this.prefix = prefix;
        this.expected = expected;
        this.look = look;
    }

    void judge(List<Check> checks, List<String> notProved) {
        Expectation.OpRegion opRegion = expected.gpus().getFirst().opRegion();
        if (opRegion == null || opRegion.vbt().isEmpty()) {
            notProved.add(prefix + "the policy for a GOP: there is no VBT");
            return;
        }
        List<GopPolicy> policies = look.witness().policies();
        if (expected.igdromDriver() && expected.gpus().getFirst().withholdsPolicy()) {
            checks.add(withheld());
            return;
        }
        checks.add(
                new Check(
                        prefix + "policy",
                        policies.size() == 1,
                        policies.isEmpty()
                                ? "no PlatformGopPolicy is installed"
                                : policies.size() + " PlatformGopPolicy"));
        if (!policies.isEmpty()) {
            Expectation.Driver driver = expected.driver();
            Image own = driver == null ? Image.EMPTY : driver.policy().vbt();
            checks.add(
                    own.isEmpty()
                            ? vbt(policies.getFirst(), opRegion.vbt(), "the OpRegion's VBT")
                            : vbt(policies.getFirst(), own, "the VBT in the ROM for the GOP"));
            checks.add(memory(policies.getFirst()));
            if (expected.driver() != null) {
                judgeAnswers(policies.getFirst(), expected.driver(), checks);
            }
        }
    }

    /// Whether the memory of the VBT belongs to somebody, so that nobody else is given it.
    private Check memory(GopPolicy policy) {
        MemoryMap map = look.witness().memory();
        long size = Math.max(1, policy.vbtSize());
        boolean free = !map.isUsed(policy.vbt(), size);
        return new Check(
                prefix + "policy.memory",
                !free,
                "the VBT at 0x%x is in memory of type: %s"
                        .formatted(policy.vbt(), map.describe(policy.vbt(), size)));
    }

    /// The driver offers no policy, since the guest has no stolen memory.
    Check withheld() {
        boolean offered = !look.witness().policies().isEmpty();
        return new Check(
                prefix + "policy.withheld",
                !offered,
                offered
                        ? "a PlatformGopPolicy is installed, though the guest has no stolen"
                                + " memory: a GOP draws over the host's addresses"
                        : "no PlatformGopPolicy, so that a GOP gives up");
    }

    /// The answers of igdrom's driver are those in the data of its ROM.
    private void judgeAnswers(GopPolicy policy, Expectation.Driver driver, List<Check> checks) {
        checks.add(
                new Check(
                        prefix + "policy.revision",
                        policy.revision() == REVISION,
                        "Revision is 0x%x".formatted(policy.revision())));
        boolean answered = policy.lidStatus() == 0;
        String lid = !answered ? "no answer" : policy.lid() == LID_OPEN ? "open" : "closed";
        String wanted =
                switch (driver.policy().lid()) {
                    case UNSPECIFIED -> "no answer";
                    case OPEN -> "open";
                    case CLOSED -> "closed";
                };
        boolean valid = !answered || policy.lid() == LID_OPEN || policy.lid() == 0;
        checks.add(
                new Check(
                        prefix + "policy.lid",
                        valid && lid.equals(wanted),
                        "lid: %s%s"
                                .formatted(
                                        valid ? lid : "0x%x".formatted(policy.lid()),
                                        valid && lid.equals(wanted)
                                                ? ", as in the ROM's data"
                                                : ", but the ROM's data says " + wanted)));
        boolean docked = policy.dockStatus() == 0;
        boolean right = docked == (driver.policy().dock() == RomData.Dock.DOCKED);
        checks.add(
                new Check(
                        prefix + "policy.dock",
                        right,
                        "dock: %s, %s"
                                .formatted(
                                        docked ? "docked" : "undocked",
                                        right
                                                ? "as in the ROM's data"
                                                : "but the ROM's data says "
                                                        + (docked ? "undocked" : "docked"))));
    }

    private Check vbt(GopPolicy policy, Image wanted, String name) {
        String id = prefix + "policy.vbt";
        if (policy.vbtStatus() != 0) {
            String status = Long.toHexString(policy.vbtStatus());
            return new Check(id, false, "GetVbtData returns status 0x" + status);
        }
        if (look.vbt().isEmpty() || look.vbt().get().size() != wanted.size()) {
            return new Check(
                    id,
                    false,
                    "%d bytes at 0x%x, but %s has %d"
                            .formatted(policy.vbtSize(), policy.vbt(), name, wanted.size()));
        }
        Image found = look.vbt().get().slice(0, wanted.size());
        // The driver corrects the checksum.
        boolean same = withoutChecksum(found).equals(withoutChecksum(wanted));
        boolean valid = found.sum8() == 0;
        return new Check(
                id,
                same && valid,
                !same
                        ? "GetVbtData returns other bytes than " + name
                        : valid
                                ? "GetVbtData returns %s, %d bytes".formatted(name, wanted.size())
                                : "the VBT's checksum is wrong");
    }

    private static Image withoutChecksum(Image vbt) {
        return new Emitter().image(vbt).patch(CHECKSUM, Image.ofHex("00")).toImage();
    }
}
