package igdrom.formats.vbt;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The checksum of a VBT, which makes the sum of its VbtSize bytes 0.
final class VbtChecksum {
    private VbtChecksum() {}

    /// The same bytes with a valid checksum. Bytes after the VBT do not count.
    static Image corrected(Image image, VbtHeader header) {
        Image cleared =
                new Emitter()
                        .image(image)
                        .patch(VbtHeader.CHECKSUM_OFFSET, Image.of(new byte[1]))
                        .toImage();
        int size = Math.max(header.vbtSize(), VbtHeader.SIZE);
        int sum = cleared.slice(0, Math.min(size, cleared.size())).sum8();
        Image checksum = new Emitter().u8(-sum & 0xff).toImage();
        return new Emitter().image(cleared).patch(VbtHeader.CHECKSUM_OFFSET, checksum).toImage();
    }
}
