package igdrom.cli.output;

import igdrom.virtualigd.Picture;

/// Draws a picture on a terminal with 24-bit colours: each character shows two pixels, one above
/// the other.
///
/// Spec: ITU-T T.416, "Select graphic rendition", 38 and 48 with RGB.
public final class PictureText {
    private static final int MAX_COLUMNS = 100;
    private static final char UPPER_HALF = '\u2580';

    private final Picture picture;
    private final int columns;
    private final int rows;

    private PictureText(Picture picture, int columns) {
        this.picture = picture;
        this.columns = Math.min(Math.min(columns, MAX_COLUMNS), picture.width());
        this.rows = Math.max(2, this.columns * picture.height() / picture.width() & ~1);
    }

    public static void print(Output out, Picture picture, int columns) throws OutputException {
        new PictureText(picture, columns).print(out);
    }

    private void print(Output out) throws OutputException {
        for (int row = 0; row < rows; row += 2) {
            StringBuilder line = new StringBuilder();
            int foreground = -1;
            int background = -1;
            for (int column = 0; column < columns; column++) {
                int upper = pixel(column, row);
                int lower = pixel(column, row + 1);
                if (upper != foreground) {
                    colour(line, 38, upper);
                }
                if (lower != background) {
                    colour(line, 48, lower);
                }
                foreground = upper;
                background = lower;
                line.append(UPPER_HALF);
            }
            out.raw(line.toString()).raw(Ansi.OFF).newline();
        }
    }

    private static void colour(StringBuilder line, int what, int rgb) {
        line.append("\033[").append(what).append(";2;").append(rgb >> 16);
        line.append(';').append(rgb >> 8 & 0xff).append(';').append(rgb & 0xff).append('m');
    }

    /// The mean of the pixels of the picture that one pixel on the terminal covers.
    private int pixel(int column, int row) {
        int left = column * picture.width() / columns;
        int right = Math.max(left + 1, (column + 1) * picture.width() / columns);
        int top = Math.min(row * picture.height() / rows, picture.height() - 1);
        int bottom = Math.max(top + 1, (row + 1) * picture.height() / rows);
        long red = 0;
        long green = 0;
        long blue = 0;
        int count = 0;
        for (int y = top; y < Math.min(bottom, picture.height()); y++) {
            for (int x = left; x < right; x++) {
                int rgb = picture.pixel(x, y);
                red += rgb >> 16;
                green += rgb >> 8 & 0xff;
                blue += rgb & 0xff;
                count++;
            }
        }
        return (int) (((red / count) << 16) | ((green / count) << 8) | (blue / count));
    }
}
