package igdrom.report.text;

import igdrom.formats.e820.E820Entry;
import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.GuestLayout;
import igdrom.plan.vm.GuestLayout.FwCfgFile;
import igdrom.plan.vm.GuestLayout.Register;
import igdrom.plan.vm.LayoutResult;
import igdrom.report.LayoutReport;
import igdrom.report.PlanSentences;
import igdrom.report.Wording;
import java.util.HexFormat;

/// The memory of a guest as a table, then registers and files.
final class LayoutText {
    private static final int MAX_SHOWN = 16;

    private LayoutText() {}

    static StyledText of(LayoutReport report, Wording wording) {
        return switch (report.result()) {
            case GuestLayout layout -> of(layout, report, wording);
            case LayoutResult.Refused _ -> StyledText.EMPTY;
        };
    }

    private static StyledText of(GuestLayout layout, LayoutReport report, Wording wording) {
        StyledText.Builder out = new StyledText.Builder();
        out.styled(Style.HEADING, layout.device().toString())
                .line(" (" + layout.platform().family() + ")")
                .newline();
        out.styled(Style.HEADING, "Memory of the guest (etc/e820):").newline();
        for (E820Entry entry : layout.map().entries()) {
            out.line(
                    "  0x%010x-0x%010x  %-8s%s"
                            .formatted(
                                    entry.base(), entry.last(), entry.label(), use(layout, entry)));
        }
        out.newline().styled(Style.HEADING, "Registers that the guest reads:").newline();
        for (Register register : layout.registers()) {
            out.line(
                    "  %-12s %-16s %d bits  0x%x"
                            .formatted(
                                    register.name(),
                                    register.location(),
                                    register.bits(),
                                    register.value()));
        }
        out.newline().styled(Style.HEADING, "Files of fw_cfg:").newline();
        for (FwCfgFile file : layout.files()) {
            String size = file.content().size() + " bytes";
            out.line(
                    "  %-20s %s".formatted(file.name(), size)
                            + (file.content().size() <= MAX_SHOWN
                                    ? "  "
                                            + HexFormat.ofDelimiter(" ")
                                                    .formatHex(file.content().toByteArray())
                                    : ""));
        }
        for (String file : report.written()) {
            out.line("wrote " + file);
        }
        for (PlanMessage message : layout.messages()) {
            boolean note = message.severity() == Severity.NOTE;
            out.styled(note ? Style.DIM : Style.WARNING, note ? "note   " : "warning")
                    .line("  " + PlanSentences.message(message, wording));
        }
        return out.build();
    }

    private static String use(GuestLayout layout, E820Entry entry) {
        if (entry.base() == layout.opRegion().base()) {
            return "  OpRegion";
        }
        return layout.stolen() != null && entry.base() == layout.stolen().base()
                ? layout.identical() ? "  stolen memory, where the host has it" : "  stolen memory"
                : "";
    }
}
