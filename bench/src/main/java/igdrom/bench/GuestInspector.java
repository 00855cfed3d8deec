package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Observations.Stolen;
import igdrom.bench.witness.Witness;
import igdrom.bench.witness.Witness.GopPolicy;
import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the guest's memory and the registers of the devices while the witness waits.
final class GuestInspector {
    private static final int CHUNK = 1 << 20;
    private static final long MAX_VBT = 1 << 20;

    private final Expectation expected;
    private final List<GpuServer> gpus;

    GuestInspector(Expectation expected, List<GpuServer> gpus) {
        this.expected = expected;
        this.gpus = gpus;
    }

    Observations.Look look(Witness witness) {
        List<Observations.Gpu> seen = new ArrayList<>();
        for (int i = 0; i < gpus.size(); i++) {
            seen.add(gpu(expected.gpus().get(i), gpus.get(i)));
        }
        return new Observations.Look(witness, seen, vbt(witness), null);
    }

    private Observations.Gpu gpu(Expectation.Gpu wanted, GpuServer server) {
        long asls = server.device().asls();
        long bdsm = server.device().bdsm();
        Optional<Image> opRegion = Optional.empty();
        if (asls != 0 && wanted.opRegion() != null) {
            int size = Math.toIntExact(wanted.opRegion().bytes().size());
            opRegion = server.read(asls, size);
        }
        Stolen stolen = new Stolen.Unread("no stolen memory is expected");
        if (wanted.stolen() != null && !expected.gop()) {
            stolen = stolen(server, bdsm & -CHUNK, wanted.stolen().size());
        }
        return new Observations.Gpu(asls, bdsm, opRegion, stolen);
    }

    private static Stolen stolen(GpuServer server, long base, long size) {
        if (base == 0) {
            return new Stolen.Unread("BDSM is 0");
        }
        for (long at = 0; at < size; at += CHUNK) {
            Optional<Image> chunk = server.read(base + at, (int) Math.min(CHUNK, size - at));
            if (chunk.isEmpty()) {
                return new Stolen.Unread("no memory at 0x" + Long.toHexString(base + at));
            }
            long other = chunk.get().indexOfOtherThan(0, 0);
            if (other < chunk.get().size()) {
                return new Stolen.Filled(at + other);
            }
        }
        return new Stolen.Zeros();
    }

    private Optional<Image> vbt(Witness witness) {
        if (witness.policies().isEmpty()) {
            return Optional.empty();
        }
        GopPolicy policy = witness.policies().getFirst();
        if (policy.vbtStatus() != 0 || policy.vbtSize() > MAX_VBT) {
            return Optional.empty();
        }
        return gpus.getFirst().read(policy.vbt(), (int) policy.vbtSize());
    }
}
