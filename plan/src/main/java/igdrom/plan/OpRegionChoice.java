package igdrom.plan;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.OpRegionRule;
import igdrom.driver.OpRegionRule.Rvda;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.vbt.Vbt;
import igdrom.host.Fact;
import igdrom.host.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Chooses the OpRegion of the ROM and the VBT in it: what the driver will give to the guest
/// according to [OpRegionRule], byte for byte.
final class OpRegionChoice {
    private final RomRequest request;
    private final Parts parts;
    private final @Nullable HostFacts host;
    private final VbtChecks checks;
    private final VbtChoice vbts;
    private final PlanLog log;

    /// An OpRegion as the guest sees it.
    ///
    /// @param vbt that is in it, parsed; null when there is none or it cannot be parsed
    private record Chosen(OpRegionRule rule, @Nullable Vbt vbt, String from) {}

    /// A VBT around which an OpRegion can be generated.
    ///
    /// @param vbt null when the bytes are not parsed yet
    private record Candidate(Image bytes, @Nullable Vbt vbt, Location location, String from) {
        static Candidate of(Part<VideoBiosTable> part) {
            Emitter out = new Emitter();
            Vbt vbt = part.value().vbt();
            // All of it, even where its two sizes differ.
            vbt.write(out);
            return new Candidate(out.toImage(), vbt, Location.root(part.from()), part.from());
        }

        boolean isWhole() {
            return OpRegionChoice.isWhole(bytes, location);
        }
    }

    OpRegionChoice(
            RomRequest request,
            Parts parts,
            @Nullable HostFacts host,
            VbtChecks checks,
            VbtChoice vbts,
            PlanLog log) {
        this.request = request;
        this.parts = parts;
        this.host = host;
        this.checks = checks;
        this.vbts = vbts;
        this.log = log;
    }

    /// The bytes of the OpRegion, or null for none.
    ///
    /// @param gop that goes into the ROM, null for none
    @Nullable Part<Image> choose(@Nullable PlannedGop gop) {
        if (parts.opRegion() != null && !parts.vbts().isEmpty()) {
            log.refuse(
                    "both an OpRegion and a VBT were given, but the OpRegion has its own VBT: give"
                            + " only one");
            return null;
        }
        Chosen chosen = chosen();
        if (log.isRefused()) {
            return null;
        }
        if (chosen == null) {
            decideNone(gop != null);
            vbts.withoutVbt();
            return null;
        }
        Vbt found = chosen.vbt();
        if (found == null) {
            vbts.withoutVbt();
            return new Part<>(chosen.rule().image(), chosen.from());
        }
        OpRegionRule rule = vbts.edited(chosen.rule(), chosen.from());
        Image bytes = rule.vbtBytes();
        Vbt vbt =
                bytes == null || rule.equals(chosen.rule())
                        ? found
                        : Vbt.read(bytes, Location.root(chosen.from()), new Diagnostics());
        checks.layout(gop, vbts.forGop(rule, vbt, gop, chosen.from()), chosen.from());
        return new Part<>(rule.image(), chosen.from());
    }

    /// Where the OpRegion comes from.
    OpRegionOrigin origin() {
        if (parts.opRegion() != null) {
            return OpRegionOrigin.OPREGION_FILE;
        }
        if (!parts.vbts().isEmpty()) {
            return OpRegionOrigin.VBT_FILE;
        }
        if (host != null
                && (host.snapshot().opRegion().value().isPresent()
                        || host.snapshot().vbt().value().isPresent())) {
            return OpRegionOrigin.HOST;
        }
        return parts.firmwareVbts().isEmpty() ? OpRegionOrigin.NONE : OpRegionOrigin.FIRMWARE;
    }

    private @Nullable Chosen chosen() {
        return switch (origin()) {
            case NONE -> null;
            case OPREGION_FILE -> {
                Part<Image> file = Objects.requireNonNull(parts.opRegion());
                yield found(file, Location.root(file.from()), null);
            }
            case VBT_FILE -> around(best(parts.vbts()));
            case HOST -> ofHost(Objects.requireNonNull(host).snapshot());
            case FIRMWARE -> around(best(parts.firmwareVbts()));
        };
    }

    private @Nullable Chosen ofHost(Snapshot facts) {
        if (facts.opRegion() instanceof Fact.Known<Image>(Image image, String source)) {
            Image vbt = facts.vbt().value().orElse(null);
            return found(new Part<>(image, source), hostLocation("opRegion", source), vbt);
        }
        if (facts.vbt() instanceof Fact.Known<Image>(Image image, String source)) {
            Location location = hostLocation("vbt", source);
            return around(new Candidate(image, null, location, source));
        }
        return null;
    }

    /// The location of a fact: a field of the file that the facts are from, or a path on the
    /// machine.
    private Location hostLocation(String field, String source) {
        String file = host == null ? null : host.file();
        return Location.root(file == null ? source : file + ": " + field);
    }

    private void decideNone(boolean withGop) {
        log.decide(
                Subject.OPREGION,
                "none: the hypervisor must offer one",
                new Reason.Because("neither a VBT nor an OpRegion was given"));
        if (request.source() == OpRegionSource.EMBEDDED) {
            log.refuse("no OpRegion to embed", Remedy.GIVE_OPREGION_OR_VBT);
        } else if (withGop) {
            log.warn(
                    "a GOP without a VBT finds no display: the hypervisor must offer an OpRegion"
                            + " (x-igd-opregion=on in QEMU)",
                    Remedy.GIVE_OPREGION_OR_VBT);
        }
    }

    /// An OpRegion that was read from a machine or a file.
    ///
    /// @param vbt of the same machine, null when none is known
    private @Nullable Chosen found(Part<Image> part, Location location, @Nullable Image vbt) {
        OpRegionRule rule = rule(part.value(), location);
        if (rule == null) {
            return null;
        }
        // A dump of the 8 KiB alone may lack a VBT that RVDA points at. In a longer one RVDA has to
        // be right.
        if (rule.rvda() == Rvda.BEYOND && part.value().size() > OpRegion.SIZE) {
            log.malformed(rule.problems().getFirst().toString());
            return null;
        }
        String how =
                rule.rvda() == Rvda.REWRITTEN
                        ? ", converted from 2.0 with an address of the host"
                        : "";
        if (!rule.problems().isEmpty() && vbt != null && isWhole(vbt, location)) {
            OpRegion region = OpRegion.read(part.value(), location, new Diagnostics());
            rule = rule(bytes(OpRegionBuilder.withVbtAfter(region, vbt)), location);
            how = ", with the host's VBT after it";
        }
        if (rule == null) {
            return null;
        }
        for (Diagnostic problem : rule.problems()) {
            log.conflict(Conflict.OPREGION, problem.toString());
        }
        Image inside = rule.vbtBytes();
        Vbt parsed = inside == null ? null : parsed(inside, location);
        if (parsed != null) {
            checks.family(parsed.header(), part.from(), origin() == OpRegionOrigin.HOST);
        }
        decide(rule, how, part.from());
        return new Chosen(rule, parsed, part.from());
    }

    /// The VBT to make an OpRegion around: the first whole one of the device's generation, else the
    /// first of that generation, else the first.
    private Candidate best(List<Part<VideoBiosTable>> vbts) {
        List<Part<VideoBiosTable>> fitting = new ArrayList<>();
        for (Part<VideoBiosTable> vbt : vbts) {
            if (checks.fits(vbt.value().vbt().header())) {
                fitting.add(vbt);
            }
        }
        if (fitting.size() > 1) {
            log.warn(
                    fitting.size()
                            + " VBTs fit the device, using the first; a snapshot of the board"
                            + " shows which one it uses",
                    Remedy.GIVE_VBT);
        }
        for (Part<VideoBiosTable> vbt : fitting) {
            Candidate candidate = Candidate.of(vbt);
            if (candidate.isWhole()) {
                return candidate;
            }
        }
        return Candidate.of((fitting.isEmpty() ? vbts : fitting).getFirst());
    }

    private @Nullable Chosen around(Candidate candidate) {
        int size;
        try {
            size = Vbt.wholeSize(candidate.bytes(), candidate.location());
        } catch (MalformedImageException e) {
            if (!Vbt.looksLikeVbt(candidate.bytes(), 0)) {
                log.malformed(String.valueOf(e.getMessage()));
                return null;
            }
            log.conflict(Conflict.OPREGION, String.valueOf(e.getMessage()));
            size = Math.toIntExact(Vbt.sizeAt(candidate.bytes(), 0));
        }
        Vbt vbt =
                candidate.vbt() == null
                        ? parsed(candidate.bytes(), candidate.location())
                        : candidate.vbt();
        if (vbt != null) {
            checks.family(vbt.header(), candidate.from(), origin() == OpRegionOrigin.HOST);
        }
        Image region = bytes(OpRegionBuilder.around(candidate.bytes()));
        OpRegionRule rule = rule(region, candidate.location());
        if (rule == null) {
            return null;
        }
        decide(rule, ", generated around a VBT of " + size + " bytes", candidate.from());
        return new Chosen(rule, rule.vbtBytes() == null ? null : vbt, candidate.from());
    }

    /// What the driver gives to the guest, or null when it does not take these bytes.
    private @Nullable OpRegionRule rule(Image image, Location location) {
        try {
            return OpRegionRule.of(image, location);
        } catch (MalformedImageException e) {
            log.malformed(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void decide(OpRegionRule rule, String how, String from) {
        boolean embedded = request.source() == OpRegionSource.EMBEDDED;
        String choice =
                rule.image().size()
                        + " bytes, version "
                        + rule.header().versionText()
                        + how
                        + (embedded ? "; used even if the hypervisor offers one" : "");
        Reason file = new Reason.FromFile(from);
        if (embedded) {
            Reason requested =
                    new Reason.Requested(
                            request.vbt().disabledOutputs().isEmpty()
                                    ? RequestField.OPREGION_SOURCE
                                    : RequestField.DISABLED_OUTPUTS);
            log.decide(Subject.OPREGION, choice, file, requested);
        } else {
            log.decide(Subject.OPREGION, choice, file);
        }
    }

    private @Nullable Vbt parsed(Image vbt, Location location) {
        try {
            return Vbt.read(vbt, location, new Diagnostics());
        } catch (MalformedImageException e) {
            log.conflict(Conflict.OPREGION, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static boolean isWhole(Image vbt, Location location) {
        try {
            return Vbt.wholeSize(vbt, location) > 0;
        } catch (MalformedImageException _) {
            return false;
        }
    }

    private static Image bytes(OpRegion region) {
        Emitter out = new Emitter();
        region.write(out);
        return out.toImage();
    }
}
