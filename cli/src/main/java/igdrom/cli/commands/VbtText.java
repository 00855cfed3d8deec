package igdrom.cli.commands;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.Style;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.vbt.Backlight;
import igdrom.formats.vbt.BdbBlock;
import igdrom.formats.vbt.DriverFeatures;
import igdrom.formats.vbt.EdpLink;
import igdrom.formats.vbt.GeneralFeatures;
import igdrom.formats.vbt.MipiLink;
import igdrom.formats.vbt.Panel;
import igdrom.formats.vbt.VbtContent;
import java.util.ArrayList;
import java.util.List;

/// A VBT in words.
final class VbtText {
    private final Output out;

    private VbtText(Output out) {
        this.out = out;
    }

    static void print(
            Output out,
            VideoBiosTable found,
            VbtContent content,
            Diagnostics diagnostics,
            boolean all)
            throws OutputException {
        new VbtText(out).print(found, content, diagnostics, all);
    }

    private void print(
            VideoBiosTable found, VbtContent content, Diagnostics diagnostics, boolean all)
            throws OutputException {
        String platform = found.vbt().header().platform();
        out.styled(Style.STRONG, "VBT " + (platform.isEmpty() ? "without a name" : platform))
                .line(
                        ", BDB "
                                + found.vbt().bdb().version()
                                + ", "
                                + Sizes.of(found.bytes().size()));
        out.styled(Style.FAINT, "  at " + found.origin().location()).newline();
        outputs(content);
        GeneralFeatures features = content.features();
        if (features != null) {
            general(features);
        }
        DriverFeatures driver = content.driver();
        if (driver != null) {
            driver(driver);
        }
        for (Diagnostic diagnostic : diagnostics.list()) {
            out.text("  ").styled(Style.WARNING, "note").line(" " + diagnostic.problem());
        }
        if (all) {
            blocks(found.vbt().bdb().blocks());
        }
    }

    private void outputs(VbtContent content) throws OutputException {
        if (content.outputs().isEmpty()) {
            out.line("  no outputs");
        }
        int number = 0;
        for (var output : content.outputs()) {
            number++;
            out.text("  output " + number + "  ").styled(Style.GOOD, output.toString()).newline();
            Panel panel = output.panel();
            if (panel != null) {
                panel(panel);
            }
        }
    }

    private void panel(Panel panel) throws OutputException {
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

    private void general(GeneralFeatures features) throws OutputException {
        List<String> words = new ArrayList<>();
        add(words, features.integratedCrt(), "VGA connector");
        add(words, features.integratedTv(), "TV connector");
        add(words, features.rotated180(), "panel mounted upside down");
        add(words, features.lfpOnOverride(), "panel on whatever the straps say");
        add(words, features.lvdsSpreadSpectrum(), "spread spectrum for LVDS");
        add(words, features.dpSpreadSpectrum(), "spread spectrum for DisplayPort");
        add(words, features.legacyMonitorDetect(), "legacy monitor detection");
        if (!words.isEmpty()) {
            out.line("  board     " + String.join(", ", words));
        }
    }

    private void driver(DriverFeatures driver) throws OutputException {
        List<String> words = new ArrayList<>();
        if (driver.bootWidth() != 0) {
            words.add("boots in " + driver.bootWidth() + "x" + driver.bootHeight());
        }
        add(words, driver.primaryIsPanel(), "panel first");
        add(words, driver.drrs(), "refresh rate follows the content");
        add(words, driver.psr(), "panel self refresh");
        if (!words.isEmpty()) {
            out.line("  driver    " + String.join(", ", words));
        }
    }

    private void blocks(List<BdbBlock> blocks) throws OutputException {
        for (BdbBlock block : blocks) {
            String number = Integer.toString(block.id());
            out.text("  block " + " ".repeat(3 - number.length()) + number + " ")
                    .text(block.name())
                    .styled(
                            Style.FAINT,
                            "  0x"
                                    + Long.toHexString(block.offset())
                                    + ", "
                                    + Sizes.of(block.raw().size()))
                    .newline();
        }
    }

    private void detail(String text) throws OutputException {
        out.text("            ").styled(Style.FAINT, text).newline();
    }

    private static void add(List<String> words, boolean set, String word) {
        if (set) {
            words.add(word);
        }
    }

    /// The tables count in units of 100 µs.
    private static String millis(int units) {
        return units % 10 == 0 ? units / 10 + " ms" : units / 10 + "." + units % 10 + " ms";
    }
}
