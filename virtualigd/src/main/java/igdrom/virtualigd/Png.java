package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.zip.Deflater;

/// Writes PNG files.
///
/// Spec: W3C, Portable Network Graphics (Second Edition).
final class Png {
    private static final int TRUECOLOUR = 2;

    private Png() {}

    static Image of(Picture picture) {
        Emitter header = new Emitter();
        bigEndian(header, picture.width());
        bigEndian(header, picture.height());
        header.u8(8).u8(TRUECOLOUR).u8(0).u8(0).u8(0);
        Emitter rows = new Emitter();
        long rowSize = 3L * picture.width();
        for (int y = 0; y < picture.height(); y++) {
            // Each row starts with its filter type: none.
            rows.u8(0).image(picture.rgb().slice(y * rowSize, rowSize));
        }
        Emitter out = new Emitter().image(Image.ofHex("89504e470d0a1a0a"));
        chunk(out, "IHDR", header.toImage());
        chunk(out, "IDAT", deflated(rows.toImage()));
        chunk(out, "IEND", Image.EMPTY);
        return out.toImage();
    }

    private static void chunk(Emitter out, String type, Image data) {
        Image body = new Emitter().ascii(type).image(data).toImage();
        bigEndian(out, (int) data.size());
        out.image(body);
        bigEndian(out, (int) body.crc32());
    }

    private static void bigEndian(Emitter out, int value) {
        out.u32(Integer.reverseBytes(value) & 0xffff_ffffL);
    }

    private static Image deflated(Image data) {
        Emitter out = new Emitter();
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(data.toByteArray());
            deflater.finish();
            while (!deflater.finished()) {
                byte[] part = new byte[64 * 1024];
                int count = deflater.deflate(part);
                out.image(Image.of(part, count));
            }
        }
        return out.toImage();
    }
}
