package igdrom.plan;

import igdrom.bytes.Emitter;
import igdrom.bytes.Finding;
import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.firmware.Find.FoundVbt;
import igdrom.firmware.gop.VbtReading;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtHeader;
import igdrom.host.Fact;
import igdrom.host.Snapshot;
import igdrom.knowledge.Platform;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which OpRegion goes into the ROM, and the VBT in it.
final class OpRegionChoice {
    /// What the driver copies at most.
    private static final long MAX_SIZE = 256 << 10;

    private final Request request;
    private final Parts parts;
    private final @Nullable Snapshot host;
    private final @Nullable Platform platform;
    private final Remarks remarks;

    OpRegionChoice(
            Request request,
            Parts parts,
            @Nullable Snapshot host,
            @Nullable Platform platform,
            Remarks remarks) {
        this.request = request;
        this.parts = parts;
        this.host = host;
        this.platform = platform;
        this.remarks = remarks;
    }

    /// @param gop that goes into the ROM, null for none
    @Nullable Sourced<Image> choose(@Nullable PlannedGop gop) {
        if (parts.opRegion() != null && !parts.vbts().isEmpty()) {
            remarks.refuse("an OpRegion and a VBT were given: the OpRegion has one of its own");
            return null;
        }
        Sourced<Image> region = region();
        if (remarks.isRefused()) {
            return null;
        }
        if (region == null) {
            none(gop != null);
            return null;
        }
        if (gop != null) {
            checkLayout(gop, region);
        }
        if (region.value().size() > MAX_SIZE) {
            remarks.refuse(
                    region.from() + " is an OpRegion of more than 256 KiB, which no driver takes");
            return null;
        }
        return region;
    }

    private @Nullable Sourced<Image> region() {
        if (parts.opRegion() != null) {
            return checked(parts.opRegion(), null);
        }
        if (!parts.vbts().isEmpty()) {
            return built(parts.vbts());
        }
        if (host != null
                && host.opRegion() instanceof Fact.Known<Image>(Image image, String from)) {
            return checked(new Sourced<>(image, from), host.vbt().value().orElse(null));
        }
        if (host != null && host.vbt() instanceof Fact.Known<Image>(Image image, String from)) {
            return builtFrom(new Sourced<>(image, from));
        }
        return parts.firmwareVbts().isEmpty() ? null : built(parts.firmwareVbts());
    }

    private void none(boolean withGop) {
        String why = "no VBT and no OpRegion was given: the hypervisor has to offer one";
        remarks.decide("OpRegion", "none", why);
        if (request.embeddedWins()) {
            remarks.refuse("no OpRegion to embed: no VBT and no OpRegion was given");
        } else if (withGop) {
            remarks.warn(
                    "a GOP without a VBT finds no display: the hypervisor has to offer an OpRegion"
                            + " (x-igd-opregion=on in QEMU), or give one with --vbt or --opregion");
        }
    }

    /// An OpRegion that was read from a machine or a file.
    ///
    /// @param vbt that belongs to it, null when none is known beside it
    private @Nullable Sourced<Image> checked(Sourced<Image> found, @Nullable Image vbt) {
        Place place = Place.root(found.from());
        Findings findings = new Findings();
        OpRegion region;
        try {
            region = OpRegion.read(found.value(), place, findings);
        } catch (MalformedImageException e) {
            remarks.refuse(String.valueOf(e.getMessage()));
            return null;
        }
        Image missing = region.vbtExtent() == null ? vbtFor(region, vbt) : null;
        if (missing != null) {
            region = OpRegionBuilder.withVbtBehind(region, missing);
        } else {
            refuseBroken(findings);
        }
        Emitter out = new Emitter();
        region.write(out);
        if (region.vbt().isPresent()) {
            checkGeneration(region.vbt().get(), found.from());
        }
        remarks.decide(
                "OpRegion",
                out.position() + " bytes, version " + region.header().versionText(),
                found.from());
        return new Sourced<>(out.toImage(), found.from());
    }

    /// The VBT of an OpRegion that does not lead to one: version 2.0 has the address in the host's
    /// memory, and yet the VBT may follow, as the kernel's vfio puts it.
    private static @Nullable Image vbtFor(OpRegion region, @Nullable Image vbt) {
        if (Vbt.looksLikeVbt(region.behind(), 0)) {
            return region.behind();
        }
        return vbt != null && Vbt.looksLikeVbt(vbt, 0) ? vbt : null;
    }

    private void refuseBroken(Findings findings) {
        for (Finding finding : findings.list()) {
            if (finding.severity() == Finding.Severity.BROKEN) {
                remarks.refuse(finding.toString(), Contradiction.OPREGION);
            }
        }
    }

    /// An OpRegion made around one of several VBTs: the first of the device's generation.
    private @Nullable Sourced<Image> built(List<Sourced<FoundVbt>> vbts) {
        List<Sourced<FoundVbt>> fitting = new ArrayList<>();
        for (Sourced<FoundVbt> vbt : vbts) {
            if (fits(vbt.value().vbt().header())) {
                fitting.add(vbt);
            }
        }
        Sourced<FoundVbt> first = (fitting.isEmpty() ? vbts : fitting).getFirst();
        if (fitting.size() > 1) {
            remarks.warn(
                    fitting.size()
                            + " VBTs fit the device, the first is taken; which one the board uses"
                            + " its own snapshot tells, and --vbt takes it");
        }
        return builtFrom(new Sourced<>(first.value().bytes(), first.from()));
    }

    private @Nullable Sourced<Image> builtFrom(Sourced<Image> vbt) {
        if (!Vbt.looksLikeVbt(vbt.value(), 0)) {
            remarks.refuse(vbt.from() + ": not a VBT");
            return null;
        }
        checkGeneration(vbt.value(), vbt.from());
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt.value()).write(out);
        remarks.decide(
                "OpRegion",
                out.position() + " bytes, version 2.1, made around a VBT of " + vbt.value().size(),
                vbt.from());
        return new Sourced<>(out.toImage(), vbt.from());
    }

    private void checkGeneration(Image vbt, String from) {
        VbtHeader header;
        try {
            header = Vbt.read(vbt, Place.root(from), new Findings()).header();
        } catch (MalformedImageException e) {
            remarks.refuse(String.valueOf(e.getMessage()), Contradiction.OPREGION);
            return;
        }
        if (!fits(header)) {
            remarks.refuse(
                    "the VBT of "
                            + from
                            + " says "
                            + header.platform()
                            + ", the device is "
                            + (platform == null ? "not known" : platform.codename()),
                    Contradiction.VBT_GENERATION);
        }
    }

    private void checkLayout(PlannedGop gop, Sourced<Image> region) {
        Place place = Place.root(region.from());
        Image vbt;
        VbtReading reading;
        try {
            // What is wrong with either was said before.
            Findings findings = new Findings();
            vbt = OpRegion.read(region.value(), place, findings).vbt().orElse(null);
            if (vbt == null) {
                return;
            }
            reading = gop.gop().reads(Vbt.read(vbt, place, findings));
        } catch (MalformedImageException _) {
            return;
        }
        if (reading instanceof VbtReading.Misread misread) {
            String words =
                    "GOP "
                            + gop.gop().version()
                            + " "
                            + misread
                            + "; a VBT of the GOP's own firmware image goes with it";
            if (misread.some()) {
                remarks.warn(words);
            } else {
                remarks.refuse(words, Contradiction.VBT_LAYOUT);
            }
        }
    }

    /// True also for what nobody can tell.
    private boolean fits(VbtHeader header) {
        VbtFamily family = VbtFamily.of(header.platform());
        return family == null || platform == null || family.has(platform.graphicsVersion());
    }
}
