package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Json;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.Style;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.Patch;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomImage;
import igdrom.knowledge.Platform;
import igdrom.plan.Conflict;
import igdrom.plan.Decision;
import igdrom.plan.GuestMachine;
import igdrom.plan.Plan;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.PlanMessage;
import igdrom.plan.PlanResult.Refused;
import igdrom.plan.PlannedGop;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `igdrom build` says about a ROM: what is in it, from where, and what to do next.
final class BuildReport {
    private static final int SUBJECT = 15;

    private final String file;
    private final Console console;

    BuildReport(String file, Console console) {
        this.file = file;
        this.console = console;
    }

    void text(Plan plan, OptionRom rom) throws OutputException {
        Output out = console.out();
        out.styled(Style.STRONG, file).line(": " + Sizes.of(rom.size()) + " for " + plan.device());
        for (Decision decision : plan.decisions()) {
            padded(decision.subject()).line(decision.choice());
            padded("").styled(Style.FAINT, "(" + decision.reason() + ")").newline();
        }
        PlannedGop gop = plan.gop();
        if (gop != null && gop.edit() != null) {
            for (Patch patch : gop.edit().patches()) {
                padded("edit")
                        .line(
                                "+0x"
                                        + Long.toHexString(patch.offset())
                                        + ": "
                                        + hex(patch.before())
                                        + " becomes "
                                        + hex(patch.after()));
            }
        }
        padded("images").line(String.join(", ", images(plan, rom)));
        remarks(plan.remarks());
        out.newline().line("Next:");
        for (String step : next(plan)) {
            out.line("  " + step);
        }
        if (plan.gop() != null) {
            out.line("The GOP in it is Intel's: do not publish this file.");
        }
    }

    ExitCode text(Refused refused) throws OutputException {
        console.out().flush();
        for (PlanMessage remark : refused.remarks()) {
            if (remark.severity() == Severity.ERROR) {
                Conflict allowed = remark.allowedBy();
                String override = allowed == null ? "" : " (" + Options.ALLOW + " " + allowed.id() + ")";
                console.complain(remark.words() + override);
            }
        }
        return code(refused);
    }

    private static ExitCode code(Refused refused) {
        return refused.malformed() ? ExitCode.MALFORMED : ExitCode.NO;
    }

    private Output padded(String subject) throws OutputException {
        int padding = Math.max(1, SUBJECT - subject.length());
        return console.out().text("  " + subject + " ".repeat(padding));
    }

    private void remarks(List<PlanMessage> remarks) throws OutputException {
        for (PlanMessage remark : remarks) {
            boolean warning = remark.severity() != Severity.NOTE;
            String word = warning ? "warning" : "note";
            console.out()
                    .text("  ")
                    .styled(warning ? Style.WARNING : Style.FAINT, word)
                    .line(" ".repeat(SUBJECT - word.length()) + remark.words());
        }
    }

    private static List<String> images(Plan plan, OptionRom rom) {
        List<String> images = new ArrayList<>();
        for (RomImage image : rom.images()) {
            images.add(kind(image, images.size() == plan.vgaBioses().size()));
        }
        return images;
    }

    private static String kind(RomImage image, boolean driver) {
        String what =
                image.pcir().codeType() == PciData.X86
                        ? "VGA BIOS"
                        : driver ? "igdrom's driver" : "GOP";
        return what + " " + image.raw().size() + (image.compressed() ? " compressed" : "");
    }

    private static String hex(Image bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes.toByteArray());
    }

    private List<String> next(Plan plan) {
        List<String> next = new ArrayList<>();
        next.add("igdrom verify " + Options.DEVICE + " " + plan.device() + " " + file);
        GuestMachine machine = plan.request().machine();
        if (machine == GuestMachine.BHYVE) {
            next.add("bhyve: -s 2,passthru,0/2/0,rom=" + file);
            return next;
        }
        String bus = machine == GuestMachine.Q35 ? "pcie.0" : "pci.0";
        boolean asks = plan.gop() != null && plan.gop().needsBridge();
        String lpc = asks && machine != GuestMachine.Q35 ? ",x-igd-lpc=on" : "";
        String region = plan.opRegion() == null ? ",x-igd-opregion=on" : "";
        next.add(
                "QEMU: -device vfio-pci,host=0000:00:02.0,bus="
                        + bus
                        + ",addr=02.0"
                        + lpc
                        + region
                        + ",romfile="
                        + file);
        next.add("in the guest: igdrom report reads what the driver did (igdrom help report)");
        return next;
    }

    void json(Plan plan, OptionRom rom) throws OutputException {
        Image bytes = rom.image();
        try (Json json = Json.document(console.out())) {
            json.text("output", file).number("size", bytes.size()).text("sha256", bytes.sha256());
            json.text("device", plan.device().toString());
            Platform platform = plan.platform();
            json.text("platform", platform == null ? null : platform.name());
            json.array("images");
            for (RomImage image : rom.images()) {
                json.object()
                        .number("offset", image.offset())
                        .number("size", image.raw().size())
                        .text("codeType", image.pcir().codeTypeName())
                        .truth("compressed", image.compressed())
                        .endObject();
            }
            json.endArray();
            edit(json, plan.gop());
            json.array("decisions");
            for (Decision decision : plan.decisions()) {
                json.object()
                        .text("subject", decision.subject())
                        .text("choice", decision.choice())
                        .text("reason", decision.reason())
                        .endObject();
            }
            json.endArray();
            remarks(json, plan.remarks());
            json.array("next");
            for (String step : next(plan)) {
                json.text(step);
            }
            json.endArray();
        }
    }

    ExitCode json(Refused refused) throws OutputException {
        try (Json json = Json.document(console.out())) {
            json.nothing("output");
            remarks(json, refused.remarks());
            json.text("error", firstError(refused.remarks()));
            json.number("exitCode", code(refused).number());
        }
        return text(refused);
    }

    private static void edit(Json json, @Nullable PlannedGop gop) throws OutputException {
        LpcEdit edit = gop == null ? null : gop.edit();
        if (gop == null || edit == null) {
            json.nothing("gopEdit");
            return;
        }
        json.object("gopEdit").text("lpc", edit.bridge().toString()).text("way", edit.way().id());
        json.text("ownersSha256", gop.owners().sha256()).array("patches");
        for (Patch patch : edit.patches()) {
            json.object()
                    .number("offset", patch.offset())
                    .text("before", hex(patch.before()))
                    .text("after", hex(patch.after()))
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static void remarks(Json json, List<PlanMessage> remarks) throws OutputException {
        json.array("remarks");
        for (PlanMessage remark : remarks) {
            Conflict allowed = remark.allowedBy();
            json.object()
                    .text("severity", remark.severity().name().toLowerCase(Locale.ROOT))
                    .text("problem", remark.words())
                    .text("allowedBy", allowed == null ? null : allowed.id())
                    .endObject();
        }
        json.endArray();
    }

    private static @Nullable String firstError(List<PlanMessage> remarks) {
        for (PlanMessage remark : remarks) {
            if (remark.severity() == Severity.ERROR) {
                return remark.words();
            }
        }
        return null;
    }
}
