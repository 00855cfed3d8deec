package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.formats.compress.Codec;
import igdrom.formats.pfs.DellSection;
import java.util.List;
import java.util.Optional;

/// Dell's compressed section.
final class DellSectionStructure implements Structure {
    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofHex(DellSection.SIGNATURE_OFFSET, "eeaa761becbb20f1e651"));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return DellSection.looksLikeSection(image, offset);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        long offset = candidate.offset();
        Context inside = context.in("Dell section", offset);
        Diagnostics diagnostics = new Diagnostics();
        DellSection section = DellSection.read(candidate.image(), inside.location(), diagnostics);
        String label =
                switch (section.type()) {
                    case DellSection.FIRMWARE -> "Dell section, firmware";
                    case DellSection.UTILITIES -> "Dell section, utilities";
                    default -> "Dell section";
                };
        Context node = inside.part(Node.Type.UPDATE, label, offset, section.length());
        node.diagnostics().addAll(diagnostics);
        Context data = node.in("compressed data", DellSection.compressedOffset());
        boolean found = data.scanDecompressed(data.decompress(Codec.ZLIB, section.compressed()));
        // Where no data comes out, the size may be wrong too.
        long length = found ? section.length() : DellSection.compressedOffset();
        return Optional.of(new Reading(node.toSubtree(), offset + length));
    }
}
