package igdrom.bench;

import igdrom.bench.judge.Observations;
import igdrom.virtualigd.Picture;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Waits until the guest's picture no longer changes.
final class PictureWatch {
    /// A picture is final once it is the same after this time: all drawing ended before the witness
    /// reported, and nothing but a timer of the GOP runs in the guest meanwhile.
    private static final long PERIOD_MILLIS = 500;

    /// A picture that keeps changing is taken this long after it appeared.
    private static final long MOVING_MILLIS = 2500;

    /// Time limits for a screen that stays off, and for one that is on and empty: drawing may be
    /// slow where two guests share a processor.
    private static final long OFF_MILLIS = 10_000;

    private static final long EMPTY_MILLIS = 30_000;

    private static final int MAX_COLOURS = 2;

    private final Screen screen;
    private final QemuProcess qemu;
    private final long deadline;
    private boolean ranOut = true;

    PictureWatch(Screen screen, QemuProcess qemu, long deadline) {
        this.screen = screen;
        this.qemu = qemu;
        this.deadline = deadline;
    }

    /// Whether the time limit ran out before the picture was final.
    boolean ranOut() {
        return ranOut;
    }

    /// The last picture; empty when the screen stayed off.
    Optional<Picture> settled() {
        Optional<Picture> last = Optional.empty();
        long start = System.nanoTime();
        long drawn = 0;
        while (System.nanoTime() < deadline && qemu.alive()) {
            Optional<Picture> now = screen.picture();
            long time = System.nanoTime();
            boolean still = now.isPresent() && now.equals(last);
            if (now.isPresent() && !still) {
                last = now;
                if (drawn == 0 && now.get().colours(2) > 1) {
                    drawn = time;
                }
            }
            boolean over =
                    drawn == 0
                            ? millis(start, time) > (now.isPresent() ? EMPTY_MILLIS : OFF_MILLIS)
                            : still || millis(drawn, time) > MOVING_MILLIS;
            if (over) {
                ranOut = false;
                break;
            }
            if (!pause()) {
                break;
            }
        }
        ranOut &= qemu.alive();
        return last;
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }

    Observations.Picture facts(Picture picture) {
        return new Observations.Picture(
                picture.width(), picture.height(), picture.colours(MAX_COLOURS), screen.pages());
    }
}
