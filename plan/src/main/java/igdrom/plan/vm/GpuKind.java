package igdrom.plan.vm;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.TsvTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How QEMU classifies a GPU.
///
/// @param generation in QEMU's own count, null when it does not know the id
/// @param virtual whether it is a virtual function
/// @param otherDisplay whether its class is 0380, not 0300
public record GpuKind(@Nullable Integer generation, boolean virtual, boolean otherDisplay) {
    private static final List<Id> IDS =
            TsvTable.load(
                            GpuKind.class,
                            "qemu-ids.tsv",
                            "mask",
                            "value",
                            "generation",
                            "source",
                            "checked")
                    .rows()
                    .stream()
                    .map(row -> new Id(row.number(0), row.number(1), row.number(2)))
                    .toList();

    /// A row of `qemu-ids.tsv`.
    private record Id(int mask, int value, int generation) {}

    /// The generation that QEMU takes a device for, null when it does not know its id.
    public static @Nullable Integer generationOf(PciId device) {
        if (device.vendor() != PciId.INTEL) {
            return null;
        }
        for (Id id : IDS) {
            if ((device.device() & id.mask) == id.value) {
                return id.generation;
            }
        }
        return null;
    }

    /// Whether a cell such as `6-9`, `11-12,unknown` or `virtual` names it.
    boolean isNamedBy(String cell) {
        for (String word : cell.split(",", -1)) {
            if (isNamed(word)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamed(String word) {
        return switch (word) {
            case "any" -> true;
            case "virtual" -> virtual;
            case "unknown" -> generation == null;
            default -> {
                int dash = word.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? word : word.substring(0, dash));
                int last = Integer.parseInt(dash < 0 ? word : word.substring(dash + 1));
                yield generation != null && generation >= first && generation <= last;
            }
        };
    }
}
