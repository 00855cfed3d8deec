package igdrom.firmware;

import igdrom.bytes.Finding;
import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.bytes.Problem;
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
    Explorer.Reading file(Image image, long offset, Place outer) {
        Findings findings = new Findings();
        CbfsFile file = CbfsFile.read(image.from(offset), outer.in("CBFS file", offset), findings);
        Place place = outer.in("CBFS " + file.name(), offset);
        BranchBuilder node =
                new BranchBuilder(
                        Node.Type.ARCHIVE, "CBFS file " + file.name(), offset, file.size());
        node.findings().addAll(findings);
        Place data = place.in("data", file.dataOffset());
        if (file.type() == CbfsFile.PAYLOAD) {
            for (PayloadSegment segment :
                    PayloadSegment.readAll(file.data(), data, node.findings())) {
                Place inside = data.in("segment", segment.offset());
                open(segment.compression(), segment.data(), inside, node);
            }
        } else if (!open(file.compression(), file.data(), data, node)) {
            // The size may be as wrong.
            return new Explorer.Reading(node.build(), offset + file.dataOffset());
        }
        return new Explorer.Reading(node.build(), offset + file.size());
    }

    /// @return whether anything was there to look at
    private boolean open(long compression, Image data, Place place, BranchBuilder node) {
        if (compression == CbfsFile.NOT_COMPRESSED) {
            explorer.scanner().scan(data, 0, place, node);
            return true;
        }
        if (compression == CbfsFile.LZMA) {
            return unpacking.scan(Codec.LZMA, data, place, node);
        }
        if (compression == CbfsFile.LZ4) {
            return unpacking.scan(Codec.LZ4, data, place, node);
        }
        node.add(Finding.broken(place, 0, Problem.of("compression %d is not known", compression)));
        return false;
    }
}
