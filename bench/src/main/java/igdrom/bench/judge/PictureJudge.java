package igdrom.bench.judge;

import static igdrom.bench.judge.DeviceJudge.hex;

import igdrom.bench.judge.Expectation.Stolen;
import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.MemoryMap;
import igdrom.bench.witness.Witness;
import igdrom.bench.witness.Witness.Graphics;
import igdrom.knowledge.Platform;
import java.util.List;

/// Whether a Graphics Output Protocol drives the device and shows a picture that is read from
/// stolen memory.
final class PictureJudge {
    /// The id of the check that a picture is read from stolen memory only.
    static final String STOLEN = "gop.stolen";

    /// The id of the check that there is a picture.
    static final String PICTURE = "gop.picture";

    private static final int MIN_COLOURS = 2;
    private static final int PAGE = 4096;
    private static final long MIB = 1 << 20;

    private final Expectation expected;
    private final Observations seen;

    PictureJudge(Expectation expected, Observations seen) {
        this.expected = expected;
        this.seen = seen;
    }

    /// Whether the ROM has a GOP, by its contents or by what it did in the guest.
    static boolean hasGop(Expectation expected, List<Look> looks) {
        return expected.gop()
                || looks.stream()
                        .flatMap(look -> look.witness().graphics().stream())
                        .anyMatch(graphics -> isOurs(expected, graphics));
    }

    private static boolean isOurs(Expectation expected, Graphics graphics) {
        return graphics.controller()
                .filter(expected.gpus().getFirst().location()::equals)
                .isPresent();
    }

    void judgeProtocol(String prefix, Look look, List<Check> checks) {
        Witness witness = look.witness();
        Object location = expected.gpus().getFirst().location();
        for (Graphics graphics : witness.graphics()) {
            if (isOurs(expected, graphics)) {
                checks.add(new Check(prefix + "gop.started", true, "a GOP drives " + location));
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
                                        : "no Graphics Output Protocol belongs to " + location)
                                + (seen.gop().isEmpty() ? "" : "; " + seen.gop())));
    }

    void judgePicture(List<Check> checks, List<String> notProved) {
        Observations.Picture picture = seen.picture();
        boolean drawn = picture != null && picture.colours() >= MIN_COLOURS;
        checks.add(
                new Check(
                        PICTURE, drawn, picture == null ? "the screen is off" : describe(picture)));
        if (picture != null) {
            judgePages(picture, checks, notProved);
        }
    }

    static String describe(Observations.Picture picture) {
        return "%dx%d, %s of one colour"
                .formatted(
                        picture.width(),
                        picture.height(),
                        picture.colours() < MIN_COLOURS ? "all" : "not all");
    }

    private void judgePages(
            Observations.Picture picture, List<Check> checks, List<String> notProved) {
        Expectation.Gpu gpu = expected.gpus().getFirst();
        Platform platform = gpu.platform();
        if (platform == null) {
            notProved.add("that the picture is read from stolen memory: the device is unknown");
            return;
        }
        if (platform.stolenBase() == null) {
            // Its picture is in memory of the device.
            return;
        }
        Look last = seen.looks().getLast();
        long base = last.gpus().getFirst().bdsm() & -MIB;
        Stolen wanted = gpu.stolen();
        long end = base == 0 || wanted == null ? base : base + wanted.size();
        for (long page : picture.pages()) {
            if (page < 0) {
                checks.add(
                        new Check(
                                STOLEN,
                                false,
                                "the page table has no valid entry for a part of the picture"));
                return;
            }
            if (page < base || page > end - PAGE) {
                MemoryMap memory = last.witness().memory();
                checks.add(
                        new Check(
                                STOLEN,
                                false,
                                "%s at %s, outside the stolen memory of the guest (%s)"
                                        .formatted(
                                                memory.contains(page)
                                                        ? "draws over the guest's memory"
                                                        : "draws where the guest has no memory",
                                                hex(page),
                                                base == 0
                                                        ? "it has none"
                                                        : hex(base) + " to " + hex(end))));
                return;
            }
        }
        checks.add(
                new Check(
                        STOLEN,
                        true,
                        "all %d pages of the picture are in stolen memory, by the page table"
                                .formatted(picture.pages().size())));
    }
}
