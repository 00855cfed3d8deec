package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.formats.pfs.Chunks;
import igdrom.formats.pfs.PfsEntry;
import igdrom.formats.pfs.PfsPackage;
import java.util.List;
import java.util.Optional;

/// Dell's update package (PFS).
final class PfsStructure implements Structure {
    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofAscii(0, "PFS.HDR."));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return PfsPackage.looksLikePackage(image, offset);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        long offset = candidate.offset();
        Context inside = context.in("PFS", offset);
        Diagnostics diagnostics = new Diagnostics();
        PfsPackage pfs = PfsPackage.read(candidate.image(), inside.location(), diagnostics);
        Image whole = candidate.data().slice(offset, pfs.size());
        Context node = inside.part(Node.Type.UPDATE, "Dell package", offset, whole.size());
        node.diagnostics().addAll(diagnostics);
        Optional<Chunks> chunks = Chunks.of(pfs, node.location(), node.diagnostics());
        if (chunks.isPresent()) {
            node.scanJoined(chunks.get().pieces(), "chunks");
        } else {
            entries(pfs, whole, node);
        }
        // After a broken entry.
        node.scan(whole, pfs.restOffset());
        return Optional.of(new Reading(node.toSubtree(), offset + pfs.size()));
    }

    private static void entries(PfsPackage pfs, Image whole, Context context) {
        long at = PfsPackage.entriesOffset();
        for (PfsEntry entry : pfs.entries()) {
            if (!context.takePart(at)) {
                return;
            }
            Context node =
                    context.in("entry", entry.guid(), at)
                            .part(Node.Type.DATA, "entry " + entry.guid(), at, entry.size());
            // Signatures and metadata are searched too: the sizes may be wrong.
            long size = entry.size() - entry.dataOffset();
            Image parts = whole.slice(at + entry.dataOffset(), size);
            node.in("data", entry.dataOffset()).scan(parts, 0);
            context.add(node.toSubtree());
            at += entry.size();
        }
    }
}
