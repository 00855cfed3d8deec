package igdrom.firmware.lpc;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// A replacement of bytes of an executable, by the same number of bytes.
///
/// @param offset offset in the executable
public record Patch(long offset, Image before, Image after) {
    public Patch {
        if (offset < 0 || before.size() != after.size()) {
            throw new IllegalArgumentException("before and after differ in size");
        }
    }

    /// The patch that reverts this one.
    public Patch reversed() {
        return new Patch(offset, after, before);
    }

    boolean fits(Image executable) {
        return executable.matches(offset, before);
    }

    Image apply(Image executable) {
        return new Emitter().image(executable).patch(offset, after).toImage();
    }
}
