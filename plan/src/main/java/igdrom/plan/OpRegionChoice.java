package igdrom.plan;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.OpRegionRule;
import igdrom.driver.OpRegionRule.Rvda;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.gop.VbtReading;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtHeader;
import igdrom.host.Fact;
import igdrom.host.Snapshot;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.knowledge.VbtFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which OpRegion goes into the ROM, and the VBT in it: what [OpRegionRule] says that the driver
/// makes of it, byte for byte.
final class OpRegionChoice {
    private final RomRequest request;
    private final Parts parts;
    private final @Nullable Snapshot host;
    private final @Nullable String hostFile;
    private final @Nullable Platform platform;
    private final PlanLog remarks;

    OpRegionChoice(
            RomRequest request,
            Parts parts,
            @Nullable Snapshot host,
            @Nullable String hostFile,
            @Nullable Platform platform,
            PlanLog remarks) {
        this.request = request;
        this.parts = parts;
        this.host = host;
        this.hostFile = hostFile;
        this.platform = platform;
        this.remarks = remarks;
    }

    /// @param gop that goes into the ROM, null for none
    @Nullable Part<Image> choose(@Nullable PlannedGop gop) {
        if (parts.opRegion() != null && !parts.vbts().isEmpty()) {
            remarks.refuse("an OpRegion and a VBT were given: the OpRegion has one of its own");
            return null;
        }
        Part<OpRegionRule> region = region();
        if (remarks.isRefused()) {
            return null;
        }
        if (region == null) {
            none(gop != null);
            return null;
        }
        Image vbt = region.value().vbtBytes();
        if (gop != null && vbt != null) {
            checkLayout(gop, vbt);
        }
        return new Part<>(region.value().image(), region.from());
    }

    private @Nullable Part<OpRegionRule> region() {
        if (parts.opRegion() != null) {
            Location location = Location.root(parts.opRegion().from());
            return checked(parts.opRegion(), location, null);
        }
        if (!parts.vbts().isEmpty()) {
            return built(parts.vbts());
        }
        if (host != null
                && host.opRegion() instanceof Fact.Known<Image>(Image image, String from)) {
            Image vbt = host.vbt().value().orElse(null);
            return checked(new Part<>(image, from), ofHost("opRegion", from), vbt);
        }
        if (host != null && host.vbt() instanceof Fact.Known<Image>(Image image, String from)) {
            return builtFrom(new Part<>(image, from), ofHost("vbt", from));
        }
        return parts.firmwareVbts().isEmpty() ? null : built(parts.firmwareVbts());
    }

    /// Where it is in the file that the facts are from, or on the machine.
    private Location ofHost(String field, String from) {
        return Location.root(hostFile == null ? from : hostFile + ": " + field);
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
    private @Nullable Part<OpRegionRule> checked(
            Part<Image> found, Location location, @Nullable Image vbt) {
        OpRegionRule guest = guest(found.value(), location);
        if (guest == null) {
            return null;
        }
        // Bytes that end with the 8 KiB are what there is of one in a dump. Where more follows it
        // is for RVDA to say what.
        if (guest.rvda() == Rvda.BEYOND && found.value().size() > OpRegion.SIZE) {
            remarks.malformed(guest.problems().getFirst().toString());
            return null;
        }
        String how =
                guest.rvda() == Rvda.REWRITTEN ? ", which was 2.0 with the host's address" : "";
        if (!guest.problems().isEmpty() && vbt != null && isWhole(vbt, location)) {
            OpRegion region = OpRegion.read(found.value(), location, new Diagnostics());
            guest = guest(bytes(OpRegionBuilder.withVbtAfter(region, vbt)), location);
            how = ", the VBT beside it put behind it";
        }
        if (guest == null) {
            return null;
        }
        for (Diagnostic problem : guest.problems()) {
            remarks.refuse(problem.toString(), Conflict.OPREGION);
        }
        if (guest.vbtBytes() != null) {
            checkGeneration(guest.vbtBytes(), found.from());
        }
        return decided(guest, how, found.from());
    }

    /// An OpRegion made around one of several VBTs: the first of the device's generation.
    private @Nullable Part<OpRegionRule> built(List<Part<VideoBiosTable>> vbts) {
        List<Part<VideoBiosTable>> fitting = new ArrayList<>();
        Part<VideoBiosTable> whole = null;
        for (Part<VideoBiosTable> vbt : vbts) {
            if (fits(vbt.value().vbt().header())) {
                fitting.add(vbt);
                if (whole == null && isWhole(bytes(vbt.value()), Location.root(vbt.from()))) {
                    whole = vbt;
                }
            }
        }
        Part<VideoBiosTable> first =
                whole != null ? whole : (fitting.isEmpty() ? vbts : fitting).getFirst();
        if (fitting.size() > 1) {
            remarks.warn(
                    fitting.size()
                            + " VBTs fit the device, the first is taken; which one the board uses"
                            + " its own snapshot tells, and --vbt takes it");
        }
        Location location = Location.root(first.from());
        return builtFrom(new Part<>(bytes(first.value()), first.from()), location);
    }

    private @Nullable Part<OpRegionRule> builtFrom(Part<Image> vbt, Location location) {
        int size;
        try {
            size = Vbt.wholeSize(vbt.value(), location);
        } catch (MalformedImageException e) {
            if (!Vbt.looksLikeVbt(vbt.value(), 0)) {
                remarks.malformed(String.valueOf(e.getMessage()));
                return null;
            }
            remarks.refuse(String.valueOf(e.getMessage()), Conflict.OPREGION);
            size = Math.toIntExact(Vbt.sizeAt(vbt.value(), 0));
        }
        checkGeneration(vbt.value(), vbt.from());
        OpRegionRule guest = guest(bytes(OpRegionBuilder.around(vbt.value())), location);
        return guest == null ? null : decided(guest, ", made around a VBT of " + size, vbt.from());
    }

    /// What the driver makes of it, null when it takes it for no OpRegion.
    private @Nullable OpRegionRule guest(Image image, Location location) {
        try {
            return OpRegionRule.of(image, location);
        } catch (MalformedImageException e) {
            remarks.malformed(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Part<OpRegionRule> decided(OpRegionRule guest, String how, String from) {
        remarks.decide(
                "OpRegion",
                guest.image().size()
                        + " bytes, version "
                        + guest.header().versionText()
                        + how
                        + (request.embeddedWins() ? "; it wins over the hypervisor's" : ""),
                from + (request.embeddedWins() ? "; --opregion-source embedded" : ""));
        return new Part<>(guest, from);
    }

    private void checkGeneration(Image vbt, String from) {
        VbtHeader header;
        try {
            header = Vbt.read(vbt, Location.root(from), new Diagnostics()).header();
        } catch (MalformedImageException e) {
            remarks.refuse(String.valueOf(e.getMessage()), Conflict.OPREGION);
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
                    Conflict.VBT_GENERATION);
        }
    }

    private void checkLayout(PlannedGop gop, Image vbt) {
        VbtReading reading;
        try {
            reading = gop.gop().reads(Vbt.read(vbt, Location.root("VBT"), new Diagnostics()));
        } catch (MalformedImageException _) {
            // Said before.
            return;
        }
        if (reading instanceof VbtReading.Misread misread) {
            String words =
                    "GOP "
                            + gop.gop().version()
                            + " "
                            + misread
                            + "; a VBT of the GOP's own firmware image goes with it";
            if (misread.findsSome()) {
                remarks.warn(words);
            } else {
                remarks.refuse(words, Conflict.VBT_LAYOUT);
            }
        }
    }

    /// Whether a VBT is for this platform; true when either is unknown.
    private boolean fits(VbtHeader header) {
        Optional<VbtFamily> family = Knowledge.vbtFamily(header.platform());
        return family.isEmpty()
                || platform == null
                || family.get().includes(platform.graphicsVersion());
    }

    private static boolean isWhole(Image vbt, Location location) {
        try {
            return Vbt.wholeSize(vbt, location) > 0;
        } catch (MalformedImageException _) {
            return false;
        }
    }

    /// All of it, also where its own two sizes differ.
    private static Image bytes(VideoBiosTable found) {
        Emitter out = new Emitter();
        found.vbt().write(out);
        return out.toImage();
    }

    private static Image bytes(OpRegion region) {
        Emitter out = new Emitter();
        region.write(out);
        return out.toImage();
    }
}
