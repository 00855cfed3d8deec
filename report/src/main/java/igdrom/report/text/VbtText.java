package igdrom.report.text;

import igdrom.bytes.Diagnostic;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.vbt.Backlight;
import igdrom.formats.vbt.BdbBlock;
import igdrom.formats.vbt.DriverFeatures;
import igdrom.formats.vbt.EdpLink;
import igdrom.formats.vbt.GeneralFeatures;
import igdrom.formats.vbt.MipiLink;
import igdrom.formats.vbt.Output;
import igdrom.formats.vbt.Panel;
import igdrom.formats.vbt.VbtContent;
import igdrom.report.VbtReport;
import java.util.ArrayList;
import java.util.List;

/// VBTs, each with its outputs, the features of its board, and its blocks when everything is shown.
final class VbtText {
    private final StyledText.Builder out;

    private VbtText(StyledText.Builder out) {
        this.out = out;
    }

    static StyledText of(VbtReport report, TextLayout layout) {
        StyledText.Builder out = new StyledText.Builder();
        boolean first = true;
        for (VbtReport.Entry vbt : report.vbts()) {
            if (!first) {
                out.newline();
            }
            new VbtText(out).render(vbt, layout.all());
            first = false;
        }
        return out.build();
    }

    private void render(VbtReport.Entry entry, boolean blocks) {
        VideoBiosTable table = entry.table();
        String platform = table.vbt().header().platform();
        out.styled(Style.HEADING, "VBT " + (platform.isEmpty() ? "without a name" : platform))
                .line(
                        ", BDB "
                                + table.vbt().bdb().version()
                                + ", "
                                + ByteSize.of(table.bytes().size()));
        out.styled(Style.DIM, "  at " + table.origin().location()).newline();
        VbtContent content = entry.content();
        outputs(content);
        if (content.features() != null) {
            board(content.features());
        }
        if (content.driver() != null) {
            driver(content.driver());
        }
        for (Diagnostic diagnostic : entry.diagnostics()) {
            out.text("  ").styled(Style.DIM, "note").line(" " + diagnostic.problem());
        }
        if (blocks) {
            blocks(table.vbt().bdb().blocks());
        }
    }

    private void outputs(VbtContent content) {
        if (content.outputs().isEmpty()) {
            out.line("  no outputs");
        }
        int width = width(content.outputs());
        int number = 0;
        for (Output output : content.outputs()) {
            number++;
            out.text("  output " + number + "  ")
                    .styled(Style.GOOD, name(output, width))
                    .line("  " + output);
            Panel panel = output.panel();
            if (panel != null) {
                panel(panel);
            }
        }
    }

    /// The columns that the names of outputs need.
    static int width(List<Output> outputs) {
        return outputs.stream().mapToInt(output -> output.name().length()).max().orElse(0);
    }

    /// The name of an output, in that many columns.
    static String name(Output output, int width) {
        return output.name() + " ".repeat(width - output.name().length());
    }

    private void panel(Panel panel) {
        EdpLink edp = panel.edp();
        if (edp != null) {
            String lanes = edp.fastLinkLanes() + (edp.fastLinkLanes() == 1 ? " lane" : " lanes");
            String rate =
                    edp.maxRateMbps() == 0 ? "" : ", at most " + edp.maxRateMbps() + " Mbit/s";
            detail("eDP: " + edp.bitsPerPixel() + " bits per pixel, " + lanes + rate);
            detail(
                    "power: on after "
                            + millis(edp.powerUp())
                            + ", backlight "
                            + millis(edp.backlightOn())
                            + " later; off for at least "
                            + millis(edp.powerCycle()));
        }
        Backlight backlight = panel.backlight();
        if (backlight != null && backlight.type() == Backlight.PWM) {
            detail(
                    "backlight: PWM at "
                            + backlight.frequencyHz()
                            + " Hz"
                            + (backlight.activeLow() ? ", active low" : ""));
        }
        MipiLink mipi = panel.mipi();
        if (mipi != null) {
            detail(
                    "DSI: "
                            + mipi.lanes()
                            + " lanes, "
                            + (mipi.commandMode() ? "command" : "video")
                            + " mode"
                            + (mipi.dualLink() == 0 ? "" : ", dual link"));
        }
    }

    private void board(GeneralFeatures features) {
        List<String> labels = new ArrayList<>();
        add(labels, features.integratedCrt(), "VGA connector");
        add(labels, features.integratedTv(), "TV connector");
        add(labels, features.rotated180(), "panel mounted upside down");
        add(labels, features.lfpOnOverride(), "panel on regardless of the straps");
        add(labels, features.lvdsSpreadSpectrum(), "spread spectrum for LVDS");
        add(labels, features.dpSpreadSpectrum(), "spread spectrum for DisplayPort");
        add(labels, features.legacyMonitorDetect(), "legacy monitor detection");
        if (!labels.isEmpty()) {
            out.line("  board     " + String.join(", ", labels));
        }
    }

    private void driver(DriverFeatures driver) {
        List<String> labels = new ArrayList<>();
        if (driver.bootWidth() != 0) {
            labels.add("boots in " + driver.bootWidth() + "x" + driver.bootHeight());
        }
        add(labels, driver.primaryIsPanel(), "panel first");
        add(labels, driver.drrs(), "refresh rate follows the content");
        add(labels, driver.psr(), "panel self refresh");
        if (!labels.isEmpty()) {
            out.line("  driver    " + String.join(", ", labels));
        }
    }

    private void blocks(List<BdbBlock> blocks) {
        for (BdbBlock block : blocks) {
            String number = Integer.toString(block.id());
            out.text("  block " + " ".repeat(3 - number.length()) + number + " " + block.name())
                    .styled(
                            Style.DIM,
                            "  0x%x, %s".formatted(block.offset(), ByteSize.of(block.raw().size())))
                    .newline();
        }
    }

    private void detail(String text) {
        out.text("            ").styled(Style.DIM, text).newline();
    }

    private static void add(List<String> labels, boolean set, String label) {
        if (set) {
            labels.add(label);
        }
    }

    /// VBTs count in units of 100 µs.
    private static String millis(int units) {
        return units % 10 == 0 ? units / 10 + " ms" : units / 10 + "." + units % 10 + " ms";
    }
}
