package igdrom.formats.fv;

import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import java.util.List;

/// Builds a firmware volume with erase polarity 1 and file system 2, or 3 if it has a large file.
public final class VolumeEmitter {
    private static final Guid FFS2 = Guid.of("8C8CE578-8A3D-4F1C-9935-896185C32DD3");
    private static final Guid FFS3 = Guid.of("5473C07A-3DCB-4DCA-BD6F-1E9689E7349A");
    private static final int HEADER_LENGTH = 0x48;
    private static final int BLOCK_SIZE = 0x1000;
    private static final int MIN_LARGE_SIZE = 0xffffff;

    /// Attributes as EDK2's tools write them: readable, writable, erase polarity 1, 16-byte
    /// aligned.
    private static final long ATTRIBUTES = 0x0004_feff;

    /// `EFI_FILE_DATA_VALID` and its preceding states, inverted for erase polarity 1.
    private static final int STATE_VALID = 0xf8;

    private final Emitter files = new Emitter();
    private boolean large;

    public VolumeEmitter add(Guid name, FileType type, Image body) {
        files.align(8, 0xff);
        boolean extended = body.size() + FfsHeader.SIZE >= MIN_LARGE_SIZE;
        large |= extended;
        long size = body.size() + (extended ? FfsHeader.LARGE_SIZE : FfsHeader.SIZE);
        FfsHeader blank =
                new FfsHeader(
                        name,
                        0,
                        FfsHeader.NO_CHECKSUM,
                        type.code(),
                        extended ? FfsHeader.ATTRIBUTE_LARGE : 0,
                        extended ? 0 : (int) size,
                        STATE_VALID,
                        extended,
                        size);
        Emitter header = new Emitter();
        blank.write(header);
        int sum = blank.headerSum(header.toImage());
        files.image(header.patch(0x10, new Emitter().u8(-sum & 0xff).toImage()).toImage());
        files.image(body);
        return this;
    }

    /// The volume, padded with erased bytes to `size`, or to the next multiple of 4 KiB if the
    /// files need more.
    public Image toImage(long size) {
        long needed = HEADER_LENGTH + files.position();
        long length = Math.max(size, (needed + BLOCK_SIZE - 1) & -BLOCK_SIZE);
        Image header = header(length, 0);
        return new Emitter()
                .image(header(length, -header.sum16() & 0xffff))
                .image(files.toImage())
                .fillTo(length, 0xff)
                .toImage();
    }

    private Image header(long length, int checksum) {
        Emitter out = new Emitter();
        new VolumeHeader(
                        new Emitter().fill(0, 16).toImage(),
                        large ? FFS3 : FFS2,
                        length,
                        ATTRIBUTES,
                        HEADER_LENGTH,
                        checksum,
                        0,
                        0,
                        2,
                        List.of(new VolumeHeader.Block(length / BLOCK_SIZE, BLOCK_SIZE)),
                        Image.EMPTY)
                .write(out);
        return out.toImage();
    }
}
