package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.formats.iflash.IflashRecord;
import java.util.List;
import java.util.Optional;

/// Insyde's iFlash record.
final class IflashStructure implements Structure {
    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofAscii(0, "$_IFLASH"));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return IflashRecord.looksLikeRecord(image, offset);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        long offset = candidate.offset();
        Diagnostics diagnostics = new Diagnostics();
        IflashRecord record =
                IflashRecord.read(
                        candidate.image(), context.in("iFlash", offset).location(), diagnostics);
        String name = "iFlash " + record.name();
        Context node = context.in(name, offset).part(Node.Type.UPDATE, name, offset, record.size());
        node.diagnostics().addAll(diagnostics);
        node.in("data", IflashRecord.HEADER_SIZE).scan(record.data(), 0);
        return Optional.of(new Reading(node.toSubtree(), offset + record.size()));
    }
}
