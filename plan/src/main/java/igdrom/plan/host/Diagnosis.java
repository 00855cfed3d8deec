package igdrom.plan.host;

import igdrom.formats.pci.PciId;
import igdrom.host.Snapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a host can do for a guest's picture, and what is in the way.
///
/// @param device the IGD, null when its id is not known
/// @param name of the IGD for a person
/// @param checks in the order of [CheckName]
/// @param verdict whether this host can hand its IGD to a guest
/// @param because the checks that prevent a yes
/// @param gop whether there is a UEFI GOP for the IGD
/// @param modes empty where there is no IGD
/// @param machine the guest's machine type, null where there is no IGD
/// @param next what to do next with igdrom
public record Diagnosis(
        @Nullable PciId device,
        String name,
        List<HostCheck> checks,
        Verdict verdict,
        List<CheckName> because,
        GopAnswer gop,
        List<ModeVerdict> modes,
        @Nullable MachineAnswer machine,
        List<HostRemedy> next) {
    /// Checks whose unknown result leaves the verdict open.
    private static final List<CheckName> DECISIVE =
            List.of(CheckName.SYSTEM, CheckName.DEVICE, CheckName.IOMMU);

    public Diagnosis {
        checks = List.copyOf(checks);
        because = List.copyOf(because);
        modes = List.copyOf(modes);
        next = List.copyOf(next);
    }

    /// Judges a host.
    public static Diagnosis of(Snapshot facts) {
        Host host = new Host(facts);
        List<HostCheck> checks = checks(host);
        Map<CheckName, HostCheck> byName = new EnumMap<>(CheckName.class);
        for (HostCheck check : checks) {
            byName.put(check.name(), check);
        }
        List<CheckName> failed = names(checks, State.FAILURE);
        List<CheckName> open = open(checks);
        Verdict verdict =
                !failed.isEmpty() ? Verdict.NO : !open.isEmpty() ? Verdict.UNKNOWN : Verdict.YES;
        List<CheckName> because = failed.isEmpty() ? open : failed;
        GopAnswer gop = GopCheck.answer(host);
        boolean present = host.hasIgd() && !host.isGuest();
        List<ModeVerdict> modes =
                present ? new Modes(host, byName, verdict, gop, because).judge() : List.of();
        return new Diagnosis(
                host.id().orElse(null),
                name(host),
                checks,
                verdict,
                because,
                gop,
                modes,
                present ? MachineAnswer.of(host) : null,
                next(checks, verdict, modes));
    }

    /// The checks that concern a guest with a virtual function: the host keeps the IGD, its driver
    /// and its picture.
    private static final Set<CheckName> OF_VIRTUAL_FUNCTIONS =
            EnumSet.of(
                    CheckName.SYSTEM,
                    CheckName.DEVICE,
                    CheckName.IOMMU,
                    CheckName.VFIO,
                    CheckName.SRIOV,
                    CheckName.KERNEL_LOG);

    /// The same diagnosis for a guest that gets a virtual function instead of the IGD.
    public Diagnosis ofVirtualFunction() {
        List<HostCheck> kept =
                checks.stream()
                        .filter(check -> OF_VIRTUAL_FUNCTIONS.contains(check.name()))
                        .toList();
        List<CheckName> reasons = because.stream().filter(OF_VIRTUAL_FUNCTIONS::contains).toList();
        return new Diagnosis(
                device,
                name,
                kept,
                reasons.isEmpty() ? Verdict.YES : verdict,
                reasons,
                gop,
                modes,
                machine,
                next);
    }

    private static List<HostCheck> checks(Host host) {
        List<HostCheck> checks = new ArrayList<>();
        checks.add(SystemCheck.of(host));
        if (host.isGuest()) {
            return checks;
        }
        checks.add(DeviceCheck.of(host));
        if (!host.hasIgd()) {
            checks.add(BootModeCheck.of(host));
            checks.add(IommuCheck.of(host));
            return checks;
        }
        checks.add(PrimaryDisplayCheck.of(host));
        checks.add(BootModeCheck.of(host));
        checks.add(IommuCheck.of(host));
        IommuGroupCheck.of(host).ifPresent(checks::add);
        AddressWidthCheck.of(host).ifPresent(checks::add);
        checks.add(BridgesCheck.of(host));
        checks.add(StolenMemoryCheck.of(host));
        checks.add(RegistersCheck.of(host));
        checks.add(OpRegionCheck.of(host));
        checks.add(GopCheck.of(host));
        checks.add(ConnectorsCheck.of(host));
        if (!host.isFreeBsd()) {
            checks.add(FramebufferCheck.of(host));
        }
        checks.add(DriverCheck.of(host));
        if (!host.isFreeBsd()) {
            checks.add(VfioCheck.of(host));
        }
        checks.add(ResetCheck.of(host));
        checks.add(AudioCheck.of(host));
        checks.add(SriovCheck.of(host));
        checks.add(HypervisorCheck.of(host));
        checks.add(KernelLogCheck.of(host));
        checks.add(NotNeededCheck.of(host));
        return checks;
    }

    /// Unknown results that leave the verdict open. A fact that is missing and matters has a fix.
    private static List<CheckName> open(List<HostCheck> checks) {
        List<CheckName> open = new ArrayList<>();
        for (HostCheck check : checks) {
            if (check.state() == State.UNKNOWN
                    && DECISIVE.contains(check.name())
                    && !check.fixes().isEmpty()) {
                open.add(check.name());
            }
        }
        return open;
    }

    private static List<CheckName> names(List<HostCheck> checks, State state) {
        return checks.stream()
                .filter(check -> check.state() == state)
                .map(HostCheck::name)
                .toList();
    }

    private static String name(Host host) {
        Optional<PciId> id = host.id();
        if (id.isEmpty()) {
            boolean listed = host.facts().pci().others().value().isPresent();
            return host.hasIgd()
                    ? "Intel graphics of unknown id"
                    : listed ? "no Intel graphics" : "graphics not known";
        }
        return host.platform()
                .map(platform -> DeviceCheck.name(id.get(), platform))
                .orElse(id.get().toString());
    }

    private static List<HostRemedy> next(
            List<HostCheck> checks, Verdict verdict, List<ModeVerdict> modes) {
        if (verdict == Verdict.NO) {
            return List.of(HostRemedy.CHECK_AGAIN);
        }
        if (verdict == Verdict.UNKNOWN) {
            boolean elsewhere =
                    checks.getFirst().fixes().contains(new Fix.Use(HostRemedy.READ_ON_HOST));
            return List.of(elsewhere ? HostRemedy.READ_ON_HOST : HostRemedy.GIVE_MORE_FACTS);
        }
        ModeVerdict beforeOs = modes.getFirst();
        return switch (beforeOs.verdict()) {
            case YES -> List.of(HostRemedy.BUILD_ROM);
            case UNKNOWN ->
                    beforeOs.because().contains(CheckName.GOP)
                            ? List.of(HostRemedy.GIVE_FIRMWARE, HostRemedy.BUILD_ROM_WITHOUT_GOP)
                            : List.of(HostRemedy.GIVE_MORE_FACTS, HostRemedy.BUILD_ROM);
            case NO ->
                    beforeOs.because().isEmpty() || beforeOs.because().contains(CheckName.GOP)
                            ? List.of(HostRemedy.BUILD_ROM_WITHOUT_GOP)
                            : List.of(HostRemedy.CHECK_AGAIN, HostRemedy.BUILD_ROM_WITHOUT_GOP);
        };
    }
}
