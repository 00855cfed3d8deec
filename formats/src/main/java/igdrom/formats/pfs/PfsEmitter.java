package igdrom.formats.pfs;

import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.formats.biosguard.BlockEmitter;
import java.util.ArrayList;
import java.util.List;

/// Builds a [PfsPackage].
public final class PfsEmitter {
    private static final Image VERSION_TYPE = Image.ofAscii("NNN ");
    private static final Image VERSION = Image.ofHex("0100 0200 0300 0000");

    private final List<PfsEntry> entries = new ArrayList<>();

    public PfsEmitter add(Guid guid, Image data) {
        return add(guid, data, Image.EMPTY);
    }

    public PfsEmitter add(Guid guid, Image data, Image metadata) {
        entries.add(
                new PfsEntry(
                        guid,
                        1,
                        VERSION_TYPE,
                        VERSION,
                        0,
                        new PfsEntry.Sizes(data.size(), 0, metadata.size(), 0),
                        new Emitter().fill(0, 16).toImage(),
                        data,
                        Image.EMPTY,
                        metadata,
                        Image.EMPTY));
        return this;
    }

    /// Adds a chunk of an image: a BIOS Guard block with its offset in script and metadata.
    ///
    /// @param address of the data in the memory map of the processor
    public PfsEmitter addChunk(Guid guid, long offset, long address, Image data) {
        Emitter block = new Emitter();
        new BlockEmitter("DELL", false).block(offset, data).write(block);
        Image metadata =
                new Emitter().u32(address).u32(0).u32(offset).u32(data.size()).fill(0, 9).toImage();
        return add(guid, block.toImage(), metadata);
    }

    public PfsPackage build() {
        return PfsPackage.of(entries);
    }

    public Image toImage() {
        Emitter out = new Emitter();
        build().write(out);
        return out.toImage();
    }
}
