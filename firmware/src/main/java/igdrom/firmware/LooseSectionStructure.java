package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.formats.fv.Section;
import igdrom.formats.fv.SectionPart;
import igdrom.formats.fv.SectionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A GUID-defined section that lost the volume and the file around it. It is found by its GUID.
///
/// Spec: PI 1.9 volume 3, "EFI_GUID_DEFINED_SECTION" and "EFI_GUID_DEFINED_SECTION2".
final class LooseSectionStructure implements Structure {
    private static final int GUID_OFFSET = 4;
    private static final int EXTENDED_GUID_OFFSET = 8;

    /// The size of a section whose header has the extended size.
    private static final int EXTENDED_SIZE = 0xffffff;

    @Override
    public List<Signature> signatures() {
        List<Signature> signatures = new ArrayList<>();
        for (Guid guid : GuidedSectionType.guids()) {
            signatures.add(new Signature(EXTENDED_GUID_OFFSET, guid.image()));
            signatures.add(new Signature(GUID_OFFSET, guid.image()));
        }
        return signatures;
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return isGuidDefined(image, offset)
                && type(image, offset).isPresent()
                // The extended size may look like the start of a section.
                && !(offset >= GUID_OFFSET
                        && isGuidDefined(image, offset - GUID_OFFSET)
                        && isExtended(image, offset - GUID_OFFSET));
    }

    private static boolean isGuidDefined(Image image, long offset) {
        return image.u8(offset + 3) == SectionType.GUID_DEFINED.code();
    }

    private static boolean isExtended(Image image, long offset) {
        return image.u24(offset) == EXTENDED_SIZE;
    }

    private static Optional<GuidedSectionType> type(Image image, long offset) {
        long at = offset + (isExtended(image, offset) ? EXTENDED_GUID_OFFSET : GUID_OFFSET);
        return at > image.size() - Guid.SIZE
                ? Optional.empty()
                : GuidedSectionType.of(image.guid(at));
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        Image data = candidate.data();
        long start = candidate.offset();
        long size = isExtended(data, start) ? data.u32(start + 4) : data.u24(start);
        Image alone = data.slice(0, start + Math.min(size, data.size() - start));
        List<SectionPart> parts =
                Section.readAll(alone, start, context.location(), new Diagnostics());
        if (parts.isEmpty() || !(parts.getFirst() instanceof Section.GuidDefined section)) {
            return Optional.empty();
        }
        Context node =
                context.part(Node.Type.DATA, "section without a file", start, alone.size() - start);
        node.diagnostics()
                .odd(node.location(), start, "a GUID-defined section is outside of any file");
        new Sections(true).read(section, alone, node);
        Subtree subtree = node.toSubtree();
        if (!subtree.artifacts().isEmpty()) {
            return Optional.of(new Reading(subtree, alone.size()));
        }
        // The compressed bytes themselves were not searched.
        boolean compressed = type(data, start).map(GuidedSectionType::isCompressed).orElse(false);
        return compressed ? Optional.empty() : Optional.of(new Reading(null, alone.size()));
    }
}
