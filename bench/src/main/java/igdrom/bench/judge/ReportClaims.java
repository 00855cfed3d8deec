package igdrom.bench.judge;

import igdrom.bench.witness.Witness.GopPolicy;
import igdrom.bytes.Image;
import igdrom.driver.DriverReport.Entry;
import igdrom.driver.DriverReport.Outcome;
import igdrom.driver.DriverReport.Step;
import igdrom.knowledge.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The values in the report of igdrom's driver on one device, compared with what the guest has.
final class ReportClaims {
    private static final int FLAG_BITS = 20;
    private static final int MAX_NAME = 8;
    private static final int PAGE = 4096;

    /// The driver stops after 1 GiB, which every page table can map.
    private static final long MAX_PAGES = (1L << 30) / PAGE;

    private final Expectation.Gpu expected;
    private final Observations.Gpu seen;
    private final Optional<GopPolicy> policy;
    private final List<String> wrong = new ArrayList<>();

    /// @param policy the one that the driver installed for this device, empty for none
    ReportClaims(Expectation.Gpu expected, Observations.Gpu seen, Optional<GopPolicy> policy) {
        this.expected = expected;
        this.seen = seen;
        this.policy = policy;
    }

    /// What the report says that is not so.
    List<String> wrong(List<Entry> entries) {
        compare("device", entries.getFirst().value() & 0xffff_ffffL, id());
        addresses(entries);
        sizes(entries);
        Entry generation = last(entries, Step.GENERATION);
        Platform platform = expected.platform();
        if (generation != null && platform != null) {
            String name = name(generation.value());
            String right =
                    platform.name().substring(0, Math.min(MAX_NAME, platform.name().length()));
            if (!name.equals(right)) {
                wrong.add("the generation is %s, reported is \"%s\"".formatted(right, name));
            }
            compare("graphics version", generation.detail(), platform.graphicsVersion());
        }
        vbt(entries);
        displayState(entries);
        return List.copyOf(wrong);
    }

    private long id() {
        return (long) expected.id().device() << 16 | expected.id().vendor();
    }

    private void addresses(List<Entry> entries) {
        Entry opRegion = last(entries, Step.OPREGION);
        Entry stolen = last(entries, Step.STOLEN);
        compare("ASLS", opRegion == null ? 0 : opRegion.value(), seen.asls());
        compare(
                "BDSM",
                stolen == null ? 0 : stolen.value(),
                seen.bdsm() >>> FLAG_BITS << FLAG_BITS);
    }

    private void sizes(List<Entry> entries) {
        Entry opRegion = last(entries, Step.OPREGION);
        if (opRegion != null && expected.opRegion() != null && seen.asls() != 0) {
            compare("size of the OpRegion", opRegion.detail(), expected.opRegion().bytes().size());
        }
        Entry stolen = last(entries, Step.STOLEN);
        Entry size = last(entries, Step.STOLEN_SIZE);
        if (expected.stolen() != null && stolen != null && size != null) {
            compare("size of stolen memory", stolen.detail(), expected.stolen().size());
            // The size of the source may not be a multiple of 1 MiB.
            long reported = (size.value() + (1 << FLAG_BITS) - 1) >>> FLAG_BITS << FLAG_BITS;
            compare("wanted size of stolen memory", reported, expected.stolen().size());
        }
    }

    private void displayState(List<Entry> entries) {
        Entry cleared = last(entries, Step.DISPLAY_STATE);
        Platform platform = expected.platform();
        if (cleared == null || platform == null || !cleared.is(Outcome.DONE)) {
            return;
        }
        long pages = expected.stolen() == null ? 0 : expected.stolen().size() / PAGE;
        compare("number of page table entries", cleared.value(), Math.min(pages, MAX_PAGES));
        if (pages > 0) {
            // A GOP requests power too, but after the page table was written.
            long requests = new WrittenRegisters(seen.writes()).powerRequestsFirst(platform);
            compare("number of requests for power", cleared.detail(), requests);
        }
    }

    /// The VBT is where the report says, and so is the policy's copy.
    private void vbt(List<Entry> entries) {
        Entry vbt = last(entries, Step.VBT);
        if (vbt != null && vbt.is(Outcome.FOUND) && expected.opRegion() != null) {
            Image right = expected.opRegion().vbt();
            compare("size of the VBT", vbt.detail(), right.size());
            Image region = expected.opRegion().bytes();
            if (vbt.value() < 0
                    || vbt.value() > region.size() - right.size()
                    || !region.matches(vbt.value(), right)) {
                wrong.add("the VBT is not at the reported offset 0x%x".formatted(vbt.value()));
            }
        }
        Entry installed = last(entries, Step.GOP_POLICY);
        if (installed != null && installed.is(Outcome.DONE) && policy.isPresent()) {
            compare("address of the policy's VBT", installed.value(), policy.get().vbt());
            compare("size of the policy's VBT", installed.detail(), policy.get().vbtSize());
        }
    }

    private void compare(String subject, long reported, long right) {
        if (reported != right) {
            wrong.add("%s is 0x%x, reported is 0x%x".formatted(subject, right, reported));
        }
    }

    /// The letters of a name, the first in the lowest byte.
    private static String name(long value) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < MAX_NAME; i++) {
            int letter = (int) (value >>> (8 * i)) & 0xff;
            if (letter >= ' ' && letter < 0x7f) {
                name.append((char) letter);
            }
        }
        return name.toString();
    }

    private static @Nullable Entry last(List<Entry> entries, Step step) {
        Entry found = null;
        for (Entry entry : entries) {
            if (entry.is(step) && !entry.is(Outcome.REPAIRED)) {
                found = entry;
            }
        }
        return found;
    }
}
