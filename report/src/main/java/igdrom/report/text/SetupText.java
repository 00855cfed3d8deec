package igdrom.report.text;

import igdrom.report.SetupReport;

/// The tools of `igdrom test`, a line each.
final class SetupText {
    private SetupText() {}

    static StyledText of(SetupReport report) {
        StyledText.Builder out = new StyledText.Builder();
        SetupReport.Fetched fetched = report.fetched();
        out.line(
                fetched == null
                        ? "nothing to fetch"
                        : "fetched "
                                + fetched.packages().size()
                                + " packages, "
                                + ByteSize.of(fetched.size())
                                + ", from "
                                + fetched.mirror());
        for (SetupReport.Qemu qemu : report.qemus()) {
            out.line("QEMU   " + qemu.version() + ", " + qemu.origin());
        }
        for (SetupReport.Ovmf ovmf : report.ovmfs()) {
            out.line("OVMF   " + ovmf.origin());
        }
        for (SetupReport.Kernel kernel : report.kernels()) {
            out.line("Linux  " + kernel.image());
        }
        for (SetupReport.Refused refused : report.refused()) {
            out.line("unusable: " + refused.tool() + ": " + refused.reason());
        }
        return out.build();
    }
}
