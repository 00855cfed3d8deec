package igdrom.plan.host;

import igdrom.host.Fact;
import igdrom.host.LogMessage;
import igdrom.host.MemoryRange;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/// What the kernel says about the IGD.
final class KernelLogCheck {
    /// The group of [LogMessage#DMAR_FAULT] with the function, and the one with the address.
    private static final int FAULT_FUNCTION = 2;

    private static final int FAULT_ADDRESS = 3;

    /// What messages mean, the worst first.
    private static final List<Meaning> MEANINGS =
            List.of(
                    new Meaning(
                            LogMessage.IGD_REGIONS,
                            State.FAILURE,
                            "the kernel refused to open the IGD for a guest (\"Failed to setup"
                                + " Intel IGD regions\"): its OpRegion or the bridges are not as it"
                                + " expects"),
                    new Meaning(
                            LogMessage.RMRR_REFUSED,
                            State.FAILURE,
                            "the kernel refuses to give a device away whose memory the firmware"
                                    + " uses (RMRR)"),
                    new Meaning(
                            LogMessage.CANNOT_RESERVE,
                            State.WARNING,
                            "something held memory of a device when another driver asked for it"
                                    + " (\"can't reserve\")"),
                    new Meaning(
                            LogMessage.NO_VBT,
                            State.WARNING,
                            "the driver found no VBT, and guesses the outputs"),
                    new Meaning(
                            LogMessage.ROM_SIGNATURE,
                            State.OK,
                            "\"Invalid PCI ROM header signature\" is harmless: a UEFI host's IGD"
                                    + " has no ROM of its own, and a guest gets one from a file"),
                    new Meaning(
                            LogMessage.SHADOWED_ROM,
                            State.OK,
                            "\"Video device with shadowed ROM\" is harmless: the kernel takes the"
                                    + " copy of the VGA BIOS at c0000 for the ROM of the IGD"));

    private record Meaning(LogMessage message, State state, String text) {}

    private KernelLogCheck() {}

    static HostCheck of(Host host) {
        Fact<List<String>> log = host.facts().kernel().log();
        if (log instanceof Fact.Unknown<List<String>> unknown) {
            HostCheck check = HostCheck.unknown(CheckName.KERNEL_LOG, unknown.message(), log);
            return host.needsRoot(log) ? check.with(new Fix.Use(HostRemedy.READ_AS_ROOT)) : check;
        }
        List<String> lines = log.value().orElse(List.of());
        List<String> texts = new ArrayList<>();
        State worst = State.OK;
        for (Meaning meaning : MEANINGS) {
            if (!meaning.message.of(lines).isEmpty()) {
                texts.add(meaning.text);
                worst = meaning.state.compareTo(worst) > 0 ? meaning.state : worst;
            }
        }
        Optional<String> fault = fault(host, lines);
        if (fault.isPresent()) {
            texts.addFirst(fault.get());
            worst = worst == State.OK ? State.WARNING : worst;
        }
        String text = texts.isEmpty() ? "nothing that matters" : String.join("; ", texts);
        return HostCheck.of(CheckName.KERNEL_LOG, worst, text, log);
    }

    /// The last address that the IOMMU did not let the IGD use.
    private static Optional<String> fault(Host host, List<String> lines) {
        String igd = Host.shortAddress(host.igd().address());
        Optional<String> last = Optional.empty();
        for (String line : lines) {
            Matcher fault = LogMessage.DMAR_FAULT.in(line);
            if (fault.find() && fault.group(FAULT_FUNCTION).replace("0x", "").equals(igd)) {
                last = Optional.of(fault.group(FAULT_ADDRESS));
            }
        }
        return last.map(digits -> {
            long address = HexFormat.fromHexDigitsToLong(digits);
            return "the IOMMU refused the IGD the address 0x%x%s"
                    .formatted(address, where(host, address));
        });
    }

    private static String where(Host host, long address) {
        Optional<MemoryRange> reserved = StolenMemoryCheck.reserved(host).value();
        if (reserved.isEmpty()) {
            return "";
        }
        long base = reserved.get().base();
        return address >= base && address - base < reserved.get().size()
                ? ", in its stolen memory: the guest must have that at the same address, as a ROM"
                        + " built with the facts of this host arranges"
                : ", outside its stolen memory: the picture that the firmware left on, until the"
                        + " guest sets its first mode, or a page that the guest never had";
    }
}
