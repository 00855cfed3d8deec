package igdrom.plan.host;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.pci.PciId;
import igdrom.host.BootFirmware;
import igdrom.host.Fact;
import igdrom.host.FirmwareImage;
import igdrom.host.FirmwareImage.FoundGop;
import igdrom.host.FramebufferHolder;
import igdrom.host.LogMessage;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.KnownGop;
import igdrom.knowledge.Platform;
import igdrom.plan.vm.ProgramVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Whether there is a UEFI GOP for the IGD, from the best evidence at hand.
final class GopCheck {
    private static final String X64 = "X64";

    private final Host host;
    private final BootFirmware firmware;

    private GopCheck(Host host) {
        this.host = host;
        this.firmware = host.facts().firmware();
    }

    static GopAnswer answer(Host host) {
        return new GopCheck(host).answer();
    }

    static HostCheck of(Host host) {
        GopAnswer answer = answer(host);
        Fact<?> image = host.facts().image();
        boolean inImage = image instanceof Fact.Known<?>;
        Fact<?>[] evidence =
                inImage
                        ? new Fact<?>[] {image}
                        : new Fact<?>[] {
                            host.facts().firmware().uefi(),
                            host.facts().firmware().bootLogo(),
                            host.facts().graphics().holders(),
                            host.facts().kernel().log()
                        };
        HostCheck check =
                switch (answer.verdict()) {
                    case YES -> HostCheck.ok(CheckName.GOP, answer.text(), evidence);
                    case NO -> HostCheck.warning(CheckName.GOP, answer.text(), evidence);
                    case UNKNOWN -> HostCheck.unknown(CheckName.GOP, answer.text(), evidence);
                };
        return inImage || answer.verdict() == Verdict.YES
                ? check
                : check.with(new Fix.Use(HostRemedy.GIVE_FIRMWARE));
    }

    private GopAnswer answer() {
        Optional<FirmwareImage> image = host.facts().image().value();
        if (image.isPresent() && host.id().isPresent()) {
            return inImage(image.get(), host.id().get());
        }
        return ran().map(how -> new GopAnswer(Verdict.YES, Proof.SEEN, how))
                .orElseGet(this::withoutRun);
    }

    private GopAnswer inImage(FirmwareImage image, PciId id) {
        List<String> versions = new ArrayList<>();
        for (FoundGop gop : image.gops()) {
            if (gop.devices().contains(id)) {
                return new GopAnswer(
                        Verdict.YES,
                        Proof.SEEN,
                        "the firmware image has GOP " + gop.version() + ", which lists " + id);
            }
            versions.add(gop.version());
        }
        if (!versions.isEmpty()) {
            return new GopAnswer(
                    Verdict.NO,
                    Proof.SEEN,
                    "the firmware image has GOP "
                            + String.join(", ", versions)
                            + ", which does not list "
                            + id
                            + ": take the image of a board with this IGD");
        }
        return new GopAnswer(
                Verdict.NO,
                Proof.SEEN,
                "the firmware image has no GOP"
                        + (image.vgaBioses().isEmpty() ? "" : ", only a VGA BIOS")
                        + ": "
                        + made()
                        + ", so the image of another board with this IGD may have it");
    }

    /// How it is known that a GOP ran with the IGD; empty when it is not.
    private Optional<String> ran() {
        if (!firmware.uefi().value().orElse(true)) {
            return Optional.empty();
        }
        String version = versionInOpRegion();
        if (!version.isBlank()) {
            return Optional.of("one ran: the OpRegion names GOP " + version.strip());
        }
        for (String console : firmware.consoles().value().orElse(List.of())) {
            if (console.equals(Host.shortAddress(host.igd().address()))) {
                return Optional.of("one ran: the firmware has its console on the IGD (ConOut)");
            }
        }
        List<FramebufferHolder> holders =
                host.facts().graphics().holders().value().orElse(List.of());
        if (!holders.isEmpty() && firmware.uefi().value().orElse(false)) {
            return Optional.of(
                    "one ran: the firmware's framebuffer is in the memory of the IGD ("
                            + holders.getFirst().name()
                            + ")");
        }
        if (startedWithFramebuffer()) {
            return Optional.of(
                    "one ran: the firmware's framebuffer was in the memory of the IGD when the"
                            + " kernel started");
        }
        boolean primary =
                host.isClass0300()
                        && host.igd()
                                .use()
                                .bootVga()
                                .value()
                                .orElse(host.otherDisplays().isEmpty());
        return primary && firmware.bootLogo().value().orElse(false)
                ? Optional.of(
                        "one ran: the firmware left a boot logo (BGRT), and the IGD is its display")
                : Optional.empty();
    }

    /// Whether the kernel's log says so, which it does of a framebuffer of UEFI only.
    private boolean startedWithFramebuffer() {
        String igd = " " + host.igd().address() + ": ";
        return host.facts().kernel().log().value().orElse(List.of()).stream()
                .filter(LogMessage.FRAMEBUFFER_BAR::is)
                .anyMatch(line -> line.contains(igd));
    }

    /// The version that the GOP itself leaves in the OpRegion (DVER); empty for none.
    private String versionInOpRegion() {
        Image region = host.facts().opRegion().value().orElse(Image.EMPTY);
        return OpRegion.looksLikeOpRegion(region, 0)
                ? OpRegion.read(region, Location.root("OpRegion"), new Diagnostics())
                        .header()
                        .gopVersionText()
                : "";
    }

    private GopAnswer withoutRun() {
        Optional<Boolean> uefi = firmware.uefi().value();
        boolean logo = firmware.bootLogo().value().orElse(false);
        if (uefi.equals(Optional.of(false))) {
            return unknown(
                    "none ran, since a legacy BIOS started the host; "
                            + made()
                            + ", and a board's firmware may have it although it starts like this:"
                            + " an image of the firmware shows it");
        }
        Optional<String> primary = PrimaryDisplayCheck.primary(host);
        if ((uefi.isPresent() || logo) && primary.isPresent()) {
            return unknown(
                    "whether one ran cannot be seen: another display, "
                            + primary.get()
                            + ", may be the one with the firmware's picture; "
                            + made());
        }
        if (uefi.isPresent()) {
            return unknown("UEFI started the host, without a trace of a GOP that ran; " + made());
        }
        return unknown("nothing shows whether one ran; " + made());
    }

    private static GopAnswer unknown(String text) {
        return new GopAnswer(Verdict.UNKNOWN, Proof.UNPROVEN, text);
    }

    /// What is known of Intel's GOPs for the platform.
    private String made() {
        Platform platform = host.platform().orElse(null);
        if (platform == null) {
            return "igdrom knows no GOP for this IGD";
        }
        Optional<ProgramVersion> newest =
                Knowledge.gops().stream()
                        .filter(gop -> gop.platforms().contains(platform.name()))
                        .filter(gop -> gop.arch().equals(X64))
                        .map(KnownGop::version)
                        .filter(Objects::nonNull)
                        .map(ProgramVersion::of)
                        .max(Comparator.naturalOrder());
        return newest.map(version ->
                        "Intel made one for %s (%s was seen in public)"
                                .formatted(platform.family(), version))
                .orElse("no GOP for " + platform.family() + " was seen in public");
    }
}
