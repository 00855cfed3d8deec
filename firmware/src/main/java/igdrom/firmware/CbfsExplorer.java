package igdrom.firmware;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.cbfs.CbfsFile;
import igdrom.formats.cbfs.PayloadSegment;
import igdrom.formats.compress.Codec;

/// Opens the files of a coreboot image: its VBT is one, and EDK2 with the GOP is the payload.
final class CbfsExplorer {
    private final Explorer explorer;
    private final Unpacking unpacking;

    CbfsExplorer(Explorer explorer, Unpacking unpacking) {
        this.explorer = explorer;
        this.unpacking = unpacking;
    }

    /// The file that begins at `offset` of `image`.
    ///
    /// @throws MalformedImageException when its header makes no sense
    Explorer.Reading file(Image image, long offset, Location outer) {
        Diagnostics diagnostics = new Diagnostics();
        CbfsFile file =
                CbfsFile.read(image.from(offset), outer.in("CBFS file", offset), diagnostics);
        Location location = outer.in("CBFS " + file.name(), offset);
        BranchBuilder node =
                new BranchBuilder(
                        Node.Type.ARCHIVE, "CBFS file " + file.name(), offset, file.size());
        node.diagnostics().addAll(diagnostics);
        Location data = location.in("data", file.dataOffset());
        if (file.type() == CbfsFile.PAYLOAD) {
            for (PayloadSegment segment :
                    PayloadSegment.readAll(file.data(), data, node.diagnostics())) {
                Location inside = data.in("segment", segment.offset());
                open(segment.compression(), segment.data(), inside, node);
            }
        } else if (!open(file.compression(), file.data(), data, node)) {
            // The size may be as wrong.
            return new Explorer.Reading(node.build(), offset + file.dataOffset());
        }
        return new Explorer.Reading(node.build(), offset + file.size());
    }

    /// @return whether anything was there to look at
    private boolean open(long compression, Image data, Location location, BranchBuilder node) {
        if (compression == CbfsFile.NOT_COMPRESSED) {
            explorer.scanner().scan(data, 0, location, node);
            return true;
        }
        if (compression == CbfsFile.LZMA) {
            return unpacking.scan(Codec.LZMA, data, location, node);
        }
        if (compression == CbfsFile.LZ4) {
            return unpacking.scan(Codec.LZ4, data, location, node);
        }
        node.add(
                Diagnostic.broken(
                        location, 0, String.format("compression %d is not known", compression)));
        return false;
    }
}
