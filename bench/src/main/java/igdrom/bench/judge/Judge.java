package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.PciAddress;
import igdrom.bench.witness.Witness;
import igdrom.bench.witness.Witness.Graphics;
import igdrom.bench.witness.Witness.StartedImage;
import java.util.ArrayList;
import java.util.List;

/// Compares the observations of one run with what is expected.
public final class Judge {
    private static final int MIN_COLOURS = 2;

    private final Expectation expected;
    private final Observations seen;
    private final List<Check> checks = new ArrayList<>();
    private final List<String> notProved = new ArrayList<>();

    private Judge(Expectation expected, Observations seen) {
        this.expected = expected;
        this.seen = seen;
    }

    public static Verdict verdict(Expectation expected, Observations seen) {
        Judge judge = new Judge(expected, seen);
        judge.judge();
        return new Verdict(judge.checks, judge.notProved);
    }

    private void judge() {
        for (int i = 0; i < expected.looks(); i++) {
            String prefix = i == 0 ? "" : "reboot.";
            if (i >= seen.looks().size()) {
                checks.add(new Check(prefix + "boot", false, seen.ending()));
                notProved.add(
                        i == 0
                                ? "anything else: the guest did not get that far"
                                : "anything after a reboot: the guest did not get that far");
                break;
            }
            judgeLook(prefix, seen.looks().get(i));
        }
        if (!seen.looks().isEmpty()) {
            judgePicture();
        }
        notProved.add("what QEMU itself does for a passed-through IGD: this test emulates it");
        notProved.add("real hardware, and the drivers of the operating system");
    }

    private void judgeLook(String prefix, Look look) {
        Witness witness = look.witness();
        checks.add(
                new Check(
                        prefix + "boot",
                        witness.lost() == 0,
                        witness.lost() == 0
                                ? "the guest came up, firmware: " + witness.firmware().vendor()
                                : "the witness dropped records that did not fit: "
                                        + witness.lost()));
        judgeDriver(prefix, look);
        for (int i = 0; i < expected.gpus().size(); i++) {
            String name = i == 0 ? prefix : prefix + "second.";
            new DeviceJudge(name, expected, expected.gpus().get(i), look, look.gpus().get(i))
                    .judge(checks, notProved);
        }
        if (expected.igdromDriver() || expected.gop()) {
            new PolicyJudge(prefix, expected, look).judge(checks, notProved);
        }
        if (expected.igdromDriver()) {
            new ReportJudge(prefix, expected, look).judge(checks);
        } else if (expected.gop()) {
            notProved.add(
                    prefix + "that the GOP asks for its policy: only igdrom's driver reports that");
        }
        if (expected.gop()) {
            judgeGraphics(prefix, witness);
        }
        new ExitJudge(prefix, expected, look).judge(seen.ending(), checks, notProved);
    }

    private void judgeDriver(String prefix, Look look) {
        PciAddress first = expected.gpus().getFirst().location();
        int running = 0;
        for (StartedImage image : look.witness().images()) {
            if (image.device().equals(first)) {
                running++;
            }
        }
        checks.add(
                new Check(
                        prefix + "driver",
                        running > 0 && running <= expected.efiImages(),
                        running
                                + " of the ROM's "
                                + expected.efiImages()
                                + " UEFI images are loaded and stayed"));
    }

    private void judgeGraphics(String prefix, Witness witness) {
        PciAddress first = expected.gpus().getFirst().location();
        for (Graphics graphics : witness.graphics()) {
            if (graphics.controller().filter(first::equals).isPresent()) {
                checks.add(new Check(prefix + "gop.started", true, "a GOP drives " + first));
                boolean mode =
                        graphics.width() > 0
                                && graphics.height() > 0
                                && graphics.mode() < graphics.modes()
                                && graphics.frameBuffer() != 0
                                && graphics.pixelsPerLine() >= graphics.width();
                checks.add(
                        new Check(
                                prefix + "gop.mode",
                                mode,
                                "mode %d of %d: %dx%d, frame buffer at 0x%x"
                                        .formatted(
                                                graphics.mode(),
                                                graphics.modes(),
                                                graphics.width(),
                                                graphics.height(),
                                                graphics.frameBuffer())));
                return;
            }
        }
        checks.add(
                new Check(
                        prefix + "gop.started",
                        false,
                        (witness.graphics().isEmpty()
                                        ? "no Graphics Output Protocol was found"
                                        : "no Graphics Output Protocol belongs to " + first)
                                + (seen.gop().isEmpty() ? "" : "; " + seen.gop())));
    }

    private void judgePicture() {
        Observations.Picture picture = seen.picture();
        if (expected.gop()) {
            boolean ok = picture != null && picture.colours() >= MIN_COLOURS;
            checks.add(
                    new Check(
                            "gop.picture",
                            ok,
                            picture == null
                                    ? "the screen is off"
                                    : "%dx%d, %d colours"
                                            .formatted(
                                                    picture.width(),
                                                    picture.height(),
                                                    picture.colours())));
        } else {
            notProved.add("a picture: the ROM has no GOP");
        }
    }
}
