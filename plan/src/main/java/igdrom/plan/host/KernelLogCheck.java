package igdrom.plan.host;

import igdrom.host.Fact;
import igdrom.host.MemoryRange;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.KernelMessage;
import igdrom.knowledge.KernelMessage.Level;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the kernel says about the IGD.
final class KernelLogCheck {
    /// Source: Linux, drivers/iommu/intel/dmar.c, dmar_fault_do_one().
    private static final Pattern FAULT_ADDRESS =
            Pattern.compile("fault addr (?:0x)?([0-9a-f]{1,15})");

    private KernelLogCheck() {}

    static HostCheck of(Host host) {
        Fact<List<String>> log = host.facts().kernel().log();
        if (log instanceof Fact.Unknown<List<String>> unknown) {
            HostCheck check = HostCheck.unknown(CheckName.KERNEL_LOG, unknown.message(), log);
            return Host.needsRoot(log) ? check.with(new Fix.Use(HostRemedy.READ_AS_ROOT)) : check;
        }
        List<String> texts = new ArrayList<>();
        Level worst = Level.OK;
        for (KernelMessage message : Knowledge.kernelMessages()) {
            List<String> lines =
                    log.value().orElse(List.of()).stream().filter(message::isIn).toList();
            if (lines.isEmpty()) {
                continue;
            }
            texts.add(
                    "\"%s\" (%s)%s"
                            .formatted(message.text(), message.meaning(), fault(host, lines)));
            if (message.level().compareTo(worst) > 0) {
                worst = message.level();
            }
        }
        String text = texts.isEmpty() ? "nothing that matters" : String.join("; ", texts);
        return HostCheck.of(
                CheckName.KERNEL_LOG,
                switch (worst) {
                    case OK -> State.OK;
                    case WARNING -> State.WARNING;
                    case FAILURE -> State.FAILURE;
                },
                text,
                log);
    }

    /// Where the address of a fault lies.
    private static String fault(Host host, List<String> lines) {
        for (String line : lines) {
            Matcher address = FAULT_ADDRESS.matcher(line);
            Optional<MemoryRange> reserved = StolenMemoryCheck.reserved(host).value();
            if (address.find() && reserved.isPresent()) {
                long at = HexFormat.fromHexDigitsToLong(address.group(1));
                long base = reserved.get().base();
                return at >= base && at - base < reserved.get().size()
                        ? ": 0x%x is in its stolen memory, which the guest must have at the host's"
                                        .formatted(at)
                                + " address"
                        : ": 0x%x is outside its stolen memory".formatted(at);
            }
        }
        return "";
    }
}
