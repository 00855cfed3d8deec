package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.formats.biosguard.PfatPackage;
import igdrom.formats.biosguard.PfatPart;
import java.util.List;
import java.util.Optional;

/// AMI's BIOS Guard package.
final class PfatStructure implements Structure {
    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofAscii(PfatPackage.TAG_OFFSET, "_AMIPFAT"));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return PfatPackage.looksLikePackage(image, offset);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        long offset = candidate.offset();
        Context inside = context.in("PFAT", offset);
        Diagnostics diagnostics = new Diagnostics();
        PfatPackage pfat = PfatPackage.read(candidate.image(), inside.location(), diagnostics);
        Context node = inside.part(Node.Type.UPDATE, "BIOS Guard package", offset, pfat.size());
        node.diagnostics().addAll(diagnostics);
        for (PfatPart part : pfat.parts()) {
            if (!node.takePart(0)) {
                break;
            }
            if (!part.blocks().isEmpty()) {
                String name = part.name().isEmpty() ? "part without a name" : part.name();
                node.scanJoined(part.data(), name);
            }
        }
        return Optional.of(new Reading(node.toSubtree(), offset + pfat.size()));
    }
}
