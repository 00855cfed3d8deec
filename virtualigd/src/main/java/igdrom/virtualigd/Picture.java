package igdrom.virtualigd;

import igdrom.bytes.Image;

/// What a monitor shows.
///
/// @param rgb three bytes a pixel, from the top left
public record Picture(int width, int height, Image rgb) {
    public Picture {
        if (width <= 0 || height <= 0 || rgb.size() != 3L * width * height) {
            throw new IllegalArgumentException(rgb + " is no picture of " + width + "x" + height);
        }
    }

    /// A pixel as 0xrrggbb.
    public int pixel(int x, int y) {
        long at = 3L * ((long) y * width + x);
        return rgb.u8(at) << 16 | rgb.u8(at + 1) << 8 | rgb.u8(at + 2);
    }

    /// How many different colours there are, or `most` when there are more.
    public int colours(int most) {
        java.util.HashSet<Integer> seen = new java.util.HashSet<>();
        for (int y = 0; y < height && seen.size() < most; y++) {
            for (int x = 0; x < width && seen.size() < most; x++) {
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
