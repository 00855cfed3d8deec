package igdrom.plan.vm;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.knowledge.TsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What macOS needs to drive an IGD: a row of `macos.tsv`. Nothing of it was tried here.
///
/// @param ids that the drivers of macOS know
/// @param standIn the one that another GPU of the platform takes
/// @param framebuffer for `AAPL,ig-platform-id`
/// @param from the first version of macOS
/// @param to the last one, null when it is still supported
public record MacosSupport(
        Platform platform,
        List<PciId> ids,
        PciId standIn,
        String framebuffer,
        String from,
        @Nullable String to) {
    /// DVMT of 128 MiB, in the unit of `x-igd-gms`.
    static final int GMS = 4;

    private static final List<MacosSupport> ROWS =
            TsvTable.load(
                            MacosSupport.class,
                            "macos.tsv",
                            "platform",
                            "ids",
                            "stand_in",
                            "framebuffer",
                            "from",
                            "to",
                            "source",
                            "checked")
                    .rows()
                    .stream()
                    .map(MacosSupport::of)
                    .toList();

    public MacosSupport {
        ids = List.copyOf(ids);
    }

    private static MacosSupport of(TsvTable.Row row) {
        List<PciId> ids = new ArrayList<>();
        for (String id : row.text(1).split(" ", -1)) {
            ids.add(PciId.of("8086:" + id));
        }
        return new MacosSupport(
                Knowledge.platform(row.text(0)).orElseThrow(() -> row.broken("is not a platform")),
                ids,
                PciId.of("8086:" + row.text(2)),
                row.text(3),
                row.text(4),
                row.textOrNull(5));
    }

    /// The row for a platform, empty when macOS has no driver for it.
    public static Optional<MacosSupport> find(Platform platform) {
        return ROWS.stream().filter(row -> row.platform.equals(platform)).findFirst();
    }

    /// The id that the guest must see, null when its own is fine.
    @Nullable PciId otherId(PciId device) {
        return ids.contains(device) ? null : standIn;
    }
}
