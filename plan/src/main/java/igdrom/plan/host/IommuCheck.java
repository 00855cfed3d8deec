package igdrom.plan.host;

import igdrom.formats.acpi.Dmar;
import igdrom.host.Fact;
import igdrom.host.Iommu;
import igdrom.host.RemappingUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the kernel uses an IOMMU.
final class IommuCheck {
    private static final String ON = "intel_iommu=on";

    /// Source: Debian, linux, patch "intel-iommu: Add Kconfig option to exclude iGPU by default".
    private static final String INTGPU_OFF = "CONFIG_INTEL_IOMMU_DEFAULT_ON_INTGPU_OFF";

    /// Parameters that switch it off, for all devices or for the IGD. Debian's kernels also know
    /// `intgpu_off`, which keeps Intel's integrated GPUs out of it.
    ///
    /// Source: Debian, linux, patch "intel-iommu: Add option to exclude integrated GPU only".
    private static final List<String> OFF =
            List.of(
                    "intel_iommu=off",
                    "intel_iommu=igfx_off",
                    "intel_iommu=on,igfx_off",
                    "intel_iommu=intgpu_off",
                    "intel_iommu=on,intgpu_off",
                    "iommu=off");

    /// Source: Linux, drivers/iommu/intel/iommu.c, detect_intel_iommu() and
    /// platform_optin_force_iommu().
    private static final List<String> LOGGED_ON =
            List.of("DMAR: IOMMU enabled", "force enabled due to platform opt in");

    private final Host host;
    private final Iommu iommu;

    private IommuCheck(Host host) {
        this.host = host;
        this.iommu = host.facts().iommu();
    }

    static HostCheck of(Host host) {
        return new IommuCheck(host).check();
    }

    private HostCheck check() {
        List<String> off = new ArrayList<>(host.parameters());
        off.retainAll(OFF);
        boolean onForIgd = host.group(host.igd()).isPresent();
        List<RemappingUnit> units = iommu.units().value().orElse(List.of());
        boolean groups = !iommu.groups().value().orElse(List.of()).isEmpty();
        if (!onForIgd && groups && off.isEmpty() && isInNoGroup() && !host.isFreeBsd()) {
            return onForOthers();
        }
        if (onForIgd || ((!units.isEmpty() || groups) && off.isEmpty())) {
            return on(units);
        }
        boolean noTable = iommu.dmar().value().filter(Optional::isEmpty).isPresent();
        if (!off.isEmpty()) {
            return HostCheck.failure(
                            CheckName.IOMMU,
                            "off for the IGD: the kernel was started with " + String.join(" ", off),
                            host.facts().kernel().commandLine())
                    .with(parameters().remove(String.join(" ", off)));
        }
        if (noTable) {
            return HostCheck.failure(
                            CheckName.IOMMU,
                            "the firmware offers no IOMMU: there is no ACPI table DMAR, so VT-d is"
                                    + " off in its setup, or the board has none",
                            iommu.dmar())
                    .with(FirmwareSetting.VT_D.fix());
        }
        Optional<String> logged = logged();
        if (logged.isPresent()) {
            return HostCheck.ok(
                    CheckName.IOMMU,
                    "on: the kernel says \"" + logged.get() + "\"",
                    host.facts().kernel().log());
        }
        return isOff() ? off() : unknown();
    }

    private HostCheck on(List<RemappingUnit> units) {
        List<String> names = units.stream().map(RemappingUnit::name).toList();
        String text =
                names.isEmpty()
                        ? "on: the devices are in IOMMU groups"
                        : "on: " + String.join(", ", names);
        Fact<?> evidence = names.isEmpty() ? host.igd().use().iommuGroup() : iommu.units();
        return HostCheck.ok(CheckName.IOMMU, text, evidence);
    }

    private boolean isInNoGroup() {
        return host.igd().use().iommuGroup().value().filter(Optional::isEmpty).isPresent();
    }

    /// The default of Debian's kernels on a board with an IOMMU of its own for the IGD.
    private HostCheck onForOthers() {
        HostCheck check =
                HostCheck.failure(
                        CheckName.IOMMU,
                        "on, but not for the IGD, which is in no IOMMU group"
                                + (host.option(INTGPU_OFF).equals(Optional.of("y"))
                                        ? ": this kernel leaves it out unless it is asked"
                                        : ""),
                        host.igd().use().iommuGroup(),
                        iommu.groups());
        return host.parameters().contains(ON) ? check : check.with(parameters().add(ON));
    }

    /// Whether there is certainly no unit that the kernel uses.
    private boolean isOff() {
        return iommu.units().value().isPresent()
                || iommu.groups().value().isPresent()
                || host.igd().use().iommuGroup().value().isPresent();
    }

    private HostCheck off() {
        Optional<Dmar> table = iommu.dmar().value().flatMap(o -> o);
        boolean asked = host.parameters().contains(ON);
        HostCheck check =
                HostCheck.failure(
                        CheckName.IOMMU,
                        "off"
                                + (table.isPresent()
                                        ? ": the firmware offers one (ACPI table DMAR), and the"
                                                + " kernel does not use it"
                                        : asked
                                                ? " although the kernel was started with "
                                                        + ON
                                                        + ": the firmware does not offer one"
                                                : ": no device is in an IOMMU group"),
                        iommu.units().value().isPresent()
                                ? iommu.units()
                                : iommu.groups().value().isPresent()
                                        ? iommu.groups()
                                        : host.igd().use().iommuGroup(),
                        iommu.dmar());
        if (host.isFreeBsd()) {
            return check.with(parameters().add("hw.dmar.enable=\"1\""), FirmwareSetting.VT_D.fix());
        }
        if (asked) {
            return check.with(FirmwareSetting.VT_D.fix());
        }
        return table.isPresent()
                ? check.with(parameters().add(ON))
                : check.with(FirmwareSetting.VT_D.fix(), parameters().add(ON));
    }

    private HostCheck unknown() {
        boolean table = iommu.dmar().value().flatMap(o -> o).isPresent();
        return HostCheck.unknown(
                        CheckName.IOMMU,
                        (table ? "the firmware offers one (ACPI table DMAR); " : "")
                                + "whether the kernel uses one is not recorded",
                        iommu.units())
                .with(new Fix.Use(HostRemedy.GIVE_MORE_FACTS));
    }

    private Optional<String> logged() {
        for (String line : host.facts().kernel().log().value().orElse(List.of())) {
            for (String sign : LOGGED_ON) {
                if (line.contains(sign)) {
                    return Optional.of(sign);
                }
            }
        }
        return Optional.empty();
    }

    private KernelParameters parameters() {
        return new KernelParameters(host);
    }
}
