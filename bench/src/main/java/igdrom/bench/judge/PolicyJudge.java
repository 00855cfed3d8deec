package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.Witness.GopPolicy;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.List;

/// Whether a GOP that asks for the policy of its platform gets the VBT of the OpRegion.
final class PolicyJudge {
    /// Spec: VBT header as in Linux's intel_vbt_defs.h, `vbt_checksum`.
    private static final int CHECKSUM = 0x1a;

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
        checks.add(
                new Check(
                        prefix + "policy",
                        policies.size() == 1,
                        policies.isEmpty()
                                ? "no PlatformGopPolicy is installed"
                                : policies.size() + " PlatformGopPolicy"));
        if (!policies.isEmpty()) {
            checks.add(vbt(policies.getFirst(), opRegion.vbt()));
        }
    }

    private Check vbt(GopPolicy policy, Image wanted) {
        String id = prefix + "policy.vbt";
        if (policy.vbtStatus() != 0) {
            String status = Long.toHexString(policy.vbtStatus());
            return new Check(id, false, "GetVbtData returns status 0x" + status);
        }
        if (look.vbt().isEmpty() || look.vbt().get().size() < wanted.size()) {
            return new Check(
                    id,
                    false,
                    "%d bytes at 0x%x, but the VBT has %d"
                            .formatted(policy.vbtSize(), policy.vbt(), wanted.size()));
        }
        Image found = look.vbt().get().slice(0, wanted.size());
        // The driver corrects the checksum.
        boolean same = withoutChecksum(found).equals(withoutChecksum(wanted));
        boolean valid = found.sum8() == 0;
        return new Check(
                id,
                same && valid,
                !same
                        ? "GetVbtData returns a VBT other than the OpRegion's"
                        : valid
                                ? "GetVbtData returns the OpRegion's VBT, %d bytes"
                                        .formatted(wanted.size())
                                : "the VBT's checksum is wrong");
    }

    private static Image withoutChecksum(Image vbt) {
        return new Emitter().image(vbt).patch(CHECKSUM, Image.ofHex("00")).toImage();
    }
}
