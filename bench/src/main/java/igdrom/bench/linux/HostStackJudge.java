package igdrom.bench.linux;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Verdict.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a host's kernel and QEMU hand the device over as a guest needs it.
///
/// Source: Linux, drivers/vfio/pci/vfio_pci_igd.c; QEMU, hw/vfio/igd.c and its trace events.
public final class HostStackJudge {
    private static final String DEVICE = "0000:00:02.0";
    private static final String TRACE = "vfio_pci_igd_";
    private static final String OFFERED = "vfio_pci_igd_opregion_enabled " + DEVICE;

    /// Of QEMU 10.1 and later, which also print it when they keep the OpRegion for themselves.
    private static final String DETECTED = "OpRegion detected on Intel display";

    private static final String STOLEN = "vfio_pci_igd_bdsm_enabled " + DEVICE + " ";
    private static final String BRIDGE = "vfio_pci_igd_lpc_bridge_enabled";
    private static final long MIB = 1 << 20;

    private final Expectation expected;
    private final Asked asked;
    private final HostConsole console;
    private final List<Check> checks = new ArrayList<>();

    private HostStackJudge(Expectation expected, Asked asked, HostConsole console) {
        this.expected = expected;
        this.asked = asked;
        this.console = console;
    }

    /// What the host was asked for.
    ///
    /// @param bridge whether QEMU has to copy the host's LPC bridge
    /// @param kvm whether KVM has to run the guest
    /// @param interrupts whether the guest has a driver that uses interrupts
    public record Asked(boolean bridge, boolean kvm, boolean interrupts) {}

    /// Checks the host's side.
    public static List<Check> checks(Expectation expected, Asked asked, HostConsole console) {
        HostStackJudge judge = new HostStackJudge(expected, asked, console);
        judge.kernel();
        judge.qemu();
        return judge.checks;
    }

    private void kernel() {
        Optional<String> driver = console.fact("driver");
        boolean bound = driver.equals(Optional.of("vfio-pci"));
        add(
                "host.driver",
                bound,
                bound
                        ? "the host's kernel has bound the device to vfio-pci"
                        : "the host's kernel has not bound the device to vfio-pci: "
                                + console.fact("kernel").orElse(console.lastWords()));
        if (!bound) {
            return;
        }
        String members = console.fact("members").orElse("");
        boolean alone = members.equals(DEVICE);
        add(
                "host.group",
                alone,
                "IOMMU group %s has %s"
                        .formatted(
                                console.fact("group").orElse("?"),
                                alone ? "no other device" : "these devices: " + members));
    }

    private void qemu() {
        if (!console.qemuStarted()) {
            return;
        }
        boolean traced = console.qemu(TRACE).isPresent();
        Optional<String> region = console.qemu(traced ? OFFERED : DETECTED);
        add(
                "host.opregion",
                region.isPresent(),
                region.isPresent()
                        ? "QEMU offers the OpRegion of the host to the guest"
                        : "QEMU does not offer the OpRegion of the host to the guest: "
                                + console.lastWords());
        Expectation.Stolen stolen = expected.gpus().getFirst().stolen();
        if (stolen != null) {
            String wanted = stolen.size() / MIB + "MB";
            String shown =
                    console.qemu(STOLEN)
                            .map(line -> line.substring(line.indexOf(STOLEN) + STOLEN.length()))
                            .orElse("none");
            add(
                    "host.stolen",
                    shown.equals(wanted),
                    "QEMU emulates BDSM, for %s of stolen memory%s"
                            .formatted(
                                    shown, shown.equals(wanted) ? "" : ", expected are " + wanted));
        }
        processor();
        if (asked.bridge()) {
            boolean copied = console.qemu(BRIDGE).isPresent();
            add(
                    "host.bridge",
                    copied,
                    copied
                            ? "QEMU has copied the ids of the host's LPC bridge"
                            : "QEMU has not copied the ids of the host's LPC bridge: "
                                    + console.lastWords());
        }
        if (asked.interrupts()) {
            interrupts();
        }
    }

    private void processor() {
        String found = console.fact("processor").orElse("");
        add(
                "host.processor",
                found.equals(asked.kvm() ? "kvm" : "tcg"),
                switch (found) {
                    case "kvm" ->
                            "KVM of the host has run the guest, on an emulated SVM; one byte of"
                                    + " kvm-amd was changed for it";
                    case "tcg" -> "QEMU of the host has emulated the guest's processor (TCG)";
                    default -> "QEMU has not started the guest: " + console.lastWords();
                });
    }

    /// Spec: Linux, Documentation/core-api/irq: `/proc/interrupts`.
    private void interrupts() {
        Optional<String> line = console.fact("interrupt");
        add(
                "host.interrupt",
                line.isPresent(),
                line.map(text -> "the host passes interrupts on: " + text.replaceAll(" +", " "))
                        .orElse("the host has passed no interrupt of the device on"));
    }

    private void add(String id, boolean ok, String evidence) {
        checks.add(new Check(id, ok, evidence));
    }
}
