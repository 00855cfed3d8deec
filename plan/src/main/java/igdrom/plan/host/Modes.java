package igdrom.plan.host;

import igdrom.bytes.Image;
import igdrom.host.VirtualFunctions;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Passthrough;
import igdrom.knowledge.Passthrough.Reports;
import igdrom.knowledge.Platform;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.OptionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges the ways to show a guest's picture.
final class Modes {
    /// Source: Linux, arch/x86/kernel/early-quirks.c, and QEMU, hw/vfio/igd.c: bit 1 of GGC is IVD,
    /// which switches the VGA ranges of the IGD off.
    private static final int VGA_DISABLED = 1 << 1;

    private final Host host;
    private final Map<CheckName, HostCheck> checks;
    private final Verdict verdict;
    private final GopAnswer gop;
    private final List<CheckName> because;

    /// @param verdict whether the IGD can be handed over
    /// @param because the checks that prevent it or leave it open
    Modes(
            Host host,
            Map<CheckName, HostCheck> checks,
            Verdict verdict,
            GopAnswer gop,
            List<CheckName> because) {
        this.host = host;
        this.checks = checks;
        this.verdict = verdict;
        this.gop = gop;
        this.because = because;
    }

    List<ModeVerdict> judge() {
        return List.of(beforeOs(), afterOs(), vgaBios(), sriov());
    }

    private ModeVerdict beforeOs() {
        Mode mode = Mode.BEFORE_OS;
        if (verdict != Verdict.YES) {
            return blocked(mode);
        }
        Optional<Platform> platform = host.platform();
        State registers = state(CheckName.REGISTERS);
        boolean needsStolen = platform.map(Platform::stolenInGuest).orElse(false);
        if (registers == State.WARNING && needsStolen) {
            return no(mode, "the hypervisor would not emulate the registers", CheckName.REGISTERS);
        }
        OptionRule rule = host.rule(GuestMachine.PC, GuestFirmware.UEFI).orElse(null);
        if (rule != null && !rule.works()) {
            return no(mode, rule.text(), CheckName.HYPERVISOR);
        }
        if (rule != null
                && rule.needs().contains(OptionRule.Need.VGA_REGION)
                && VfioCheck.isVgaDisabled(host)) {
            return no(
                    mode,
                    "QEMU before 10.0 needs the VGA ranges, and disable_vga is set",
                    CheckName.VFIO,
                    CheckName.HYPERVISOR);
        }
        if (gop.verdict() == Verdict.NO) {
            return no(mode, "no GOP for the IGD", CheckName.GOP);
        }
        List<CheckName> open = new ArrayList<>();
        if (gop.verdict() == Verdict.UNKNOWN) {
            open.add(CheckName.GOP);
        }
        if (registers == State.UNKNOWN) {
            open.add(CheckName.REGISTERS);
        }
        if (!open.isEmpty()) {
            return new ModeVerdict(
                    mode,
                    Verdict.UNKNOWN,
                    Proof.UNPROVEN,
                    gop.verdict() == Verdict.UNKNOWN
                            ? "it depends on whether the firmware has a GOP for the IGD"
                            : "it depends on whether the hypervisor emulates the registers",
                    open);
        }
        return reported(
                mode,
                reports().map(Passthrough::beforeOs).orElse(Reports.NONE),
                firmware() + " and a ROM with the GOP");
    }

    private ModeVerdict afterOs() {
        if (verdict != Verdict.YES) {
            return blocked(Mode.AFTER_OS);
        }
        return reported(
                Mode.AFTER_OS,
                reports().map(Passthrough::afterOs).orElse(Reports.NONE),
                firmware() + ", from the moment the guest's own driver starts");
    }

    private String firmware() {
        return host.isFreeBsd() ? "UEFI firmware of bhyve" : "OVMF";
    }

    private ModeVerdict vgaBios() {
        Mode mode = Mode.VGA_BIOS;
        if (host.isFreeBsd()) {
            return no(mode, "bhyve runs no VGA BIOS");
        }
        Platform platform = host.platform().orElse(null);
        if (platform == null || !Knowledge.passthrough(platform).hasLegacyMode()) {
            return no(
                    mode,
                    platform == null
                            ? "QEMU has no legacy mode for an unknown IGD"
                            : "QEMU has no legacy mode for " + platform.family());
        }
        if (host.isClass0380()) {
            return no(mode, "class 0380 has no VGA ranges", CheckName.PRIMARY_DISPLAY);
        }
        Image config = host.igd().config().value().orElse(Image.EMPTY);
        int offset = platform.graphicsControl().offset();
        if (config.size() > 64 && (config.u16(offset) & VGA_DISABLED) != 0) {
            return no(mode, "the firmware switched the VGA ranges off (IVD in GGC)");
        }
        if (VfioCheck.isVgaDisabled(host)) {
            return no(mode, "disable_vga is set", CheckName.VFIO);
        }
        OptionRule rule = host.rule(GuestMachine.PC, GuestFirmware.SEABIOS).orElse(null);
        if (rule != null && !rule.works()) {
            return no(mode, rule.text(), CheckName.HYPERVISOR);
        }
        if (verdict != Verdict.YES) {
            return blocked(mode);
        }
        return reported(
                mode,
                reports().map(Passthrough::vgaBios).orElse(Reports.NONE),
                "SeaBIOS, machine pc, legacy mode, and a ROM with the board's VGA BIOS");
    }

    private ModeVerdict sriov() {
        Mode mode = Mode.SRIOV;
        Optional<VirtualFunctions> functions = host.igd().use().virtualFunctions().value();
        Reports reports = reports().map(Passthrough::sriov).orElse(Reports.NONE);
        if (host.isFreeBsd()) {
            return no(mode, "FreeBSD's driver makes none");
        }
        if (functions.isPresent() ? functions.get().total() == 0 : reports == Reports.IMPOSSIBLE) {
            return no(mode, "the IGD has none", CheckName.SRIOV);
        }
        if (verdict != Verdict.YES) {
            return blocked(mode);
        }
        if (functions.isEmpty()) {
            return new ModeVerdict(
                    mode,
                    Verdict.UNKNOWN,
                    Proof.UNPROVEN,
                    "whether the IGD has any is not recorded",
                    List.of(CheckName.SRIOV));
        }
        return reported(
                mode,
                reports,
                "no display of its own and no OpRegion; the host keeps the IGD and its picture");
    }

    private ModeVerdict reported(Mode mode, Reports reports, String text) {
        String note = reports().map(Passthrough::note).orElse(null);
        return switch (reports) {
            case WORKS -> new ModeVerdict(mode, Verdict.YES, Proof.REPORTED, text, List.of());
            case MIXED ->
                    new ModeVerdict(
                            mode,
                            Verdict.YES,
                            Proof.REPORTED,
                            text + (note == null ? "" : "; " + note),
                            List.of());
            case NONE -> new ModeVerdict(mode, Verdict.YES, Proof.UNPROVEN, text, List.of());
            case IMPOSSIBLE -> no(mode, "not on this platform");
        };
    }

    private ModeVerdict no(Mode mode, String text, CheckName... names) {
        return new ModeVerdict(mode, Verdict.NO, Proof.UNPROVEN, text, List.of(names));
    }

    /// The verdict on the host decides.
    private ModeVerdict blocked(Mode mode) {
        List<String> names = because.stream().map(CheckName::id).toList();
        return new ModeVerdict(
                mode,
                verdict,
                Proof.UNPROVEN,
                (verdict == Verdict.NO
                                ? "not before this is fixed: "
                                : "first this has to be known: ")
                        + String.join(", ", names),
                because);
    }

    private Optional<Passthrough> reports() {
        return host.platform().map(Knowledge::passthrough);
    }

    private State state(CheckName name) {
        HostCheck check = checks.get(name);
        return check == null ? State.UNKNOWN : check.state();
    }
}
