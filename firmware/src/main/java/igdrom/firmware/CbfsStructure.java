package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.formats.cbfs.CbfsFile;
import igdrom.formats.cbfs.PayloadSegment;
import igdrom.formats.compress.Codec;
import java.util.List;
import java.util.Optional;

/// A file of a coreboot image (CBFS). The VBT is such a file, and EDK2 with the GOP is the payload.
final class CbfsStructure implements Structure {
    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofAscii(0, "LARCHIVE"));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return CbfsFile.looksLikeFile(image, offset);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        long offset = candidate.offset();
        Diagnostics diagnostics = new Diagnostics();
        CbfsFile file =
                CbfsFile.read(
                        candidate.image(), context.in("CBFS file", offset).location(), diagnostics);
        Context node =
                context.in("CBFS " + file.name(), offset)
                        .part(Node.Type.ARCHIVE, "CBFS file " + file.name(), offset, file.size());
        node.diagnostics().addAll(diagnostics);
        Context data = node.in("data", file.dataOffset());
        long size = file.size();
        if (file.type() == CbfsFile.PAYLOAD) {
            List<PayloadSegment> segments =
                    PayloadSegment.readAll(file.data(), data.location(), data.diagnostics());
            for (PayloadSegment segment : segments) {
                Context inside = data.in("segment", segment.offset());
                open(segment.compression(), segment.data(), inside);
            }
        } else if (!open(file.compression(), file.data(), data)) {
            // The size may be wrong too: the search continues in the data.
            size = file.dataOffset();
        }
        return Optional.of(new Reading(node.toSubtree(), offset + size));
    }

    /// @return whether there was data to search
    private static boolean open(long compression, Image data, Context context) {
        if (compression == CbfsFile.NOT_COMPRESSED) {
            context.scan(data, 0);
            return true;
        }
        if (compression == CbfsFile.LZMA) {
            return context.scanDecompressed(context.decompress(Codec.LZMA, data));
        }
        if (compression == CbfsFile.LZ4) {
            return context.scanDecompressed(context.decompress(Codec.LZ4, data));
        }
        context.diagnostics()
                .broken(context.location(), 0, "unsupported compression %d", compression);
        return false;
    }
}
