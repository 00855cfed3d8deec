package igdrom.virtualigd;

import igdrom.bytes.Image;
import java.util.HashSet;

/// The picture on a monitor.
///
/// @param rgb three bytes per pixel, rows from the top, pixels from the left
public record Picture(int width, int height, Image rgb) {
    public Picture {
        if (width <= 0 || height <= 0 || rgb.size() != 3L * width * height) {
            throw new IllegalArgumentException(
                    "%d bytes are not a picture of %dx%d".formatted(rgb.size(), width, height));
        }
    }

    /// A pixel as 0xrrggbb.
    public int pixel(int x, int y) {
        long at = 3L * ((long) y * width + x);
        return rgb.u8(at) << 16 | rgb.u8(at + 1) << 8 | rgb.u8(at + 2);
    }

    /// The number of different colours, counted up to `max`.
    public int colours(int max) {
        HashSet<Integer> seen = new HashSet<>();
        for (int y = 0; y < height && seen.size() < max; y++) {
            for (int x = 0; x < width && seen.size() < max; x++) {
                seen.add(pixel(x, y));
            }
        }
        return seen.size();
    }

    /// The picture as a PNG file.
    public Image png() {
        return Png.of(this);
    }
}
