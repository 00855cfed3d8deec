package igdrom.firmware.lpc;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Bytes of an executable that are replaced by as many others.
///
/// @param offset in the executable
public record Patch(long offset, Image before, Image after) {
    public Patch {
        if (offset < 0 || before.size() != after.size()) {
            throw new IllegalArgumentException("a patch replaces bytes by as many");
        }
    }

    /// The patch that takes this one back.
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
