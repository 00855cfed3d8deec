package igdrom.formats.pe;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;

/// Appends a section to an existing executable, for [PeImage#withSection].
final class SectionAppender {
    private SectionAppender() {}

    static PeImage append(PeImage image, NewSection section) {
        checkRoom(image);
        OptionalHeader before = image.optionalHeader();
        SectionHeader added =
                section.header(
                        aligned(before.sizeOfImage(), before.sectionAlignment()),
                        aligned(image.extent(), before.fileAlignment()),
                        aligned(section.data().size(), before.fileAlignment()));
        List<SectionHeader> sections = new ArrayList<>(image.sections());
        sections.add(added);
        CoffHeader coff = image.coffHeader().withNumberOfSections(sections.size());
        long sizeOfImage =
                aligned(added.virtualAddress() + added.virtualSize(), before.sectionAlignment());
        OptionalHeader optional =
                before.withMoreInitializedData(added.sizeOfRawData(), sizeOfImage).withCheckSum(0);
        Emitter body = new Emitter();
        body.image(image.raw()).fillTo(added.pointerToRawData(), 0);
        body.image(section.data()).fillTo(added.rawEnd(), 0);
        PeImage appended = rebuilt(image, body.toImage(), coff, optional, sections);
        return rebuilt(
                image,
                appended.raw(),
                coff,
                optional.withCheckSum(appended.computedCheckSum()),
                sections);
    }

    private static void checkRoom(PeImage image) {
        if (image.headersEnd() + SectionHeader.BYTES > firstSection(image)
                || !image.raw().slice(image.headersEnd(), SectionHeader.BYTES).isFilledWith(0)) {
            throw new IllegalStateException("no room for another section header");
        }
        if (image.extent() != image.raw().size() || image.certificates().isPresent()) {
            throw new IllegalStateException("the last section is followed by other data");
        }
    }

    /// The file offset of the first section.
    private static long firstSection(PeImage image) {
        long first = image.optionalHeader().sizeOfHeaders();
        for (SectionHeader section : image.sections()) {
            if (section.sizeOfRawData() != 0) {
                first = Math.min(first, section.pointerToRawData());
            }
        }
        return first;
    }

    /// `body` with these headers in front.
    private static PeImage rebuilt(
            PeImage image,
            Image body,
            CoffHeader coff,
            OptionalHeader optional,
            List<SectionHeader> sections) {
        Emitter out = new Emitter();
        new PeImage(body, image.dosHeader(), image.dosStub(), coff, optional, sections).write(out);
        return new PeImage(
                out.toImage(), image.dosHeader(), image.dosStub(), coff, optional, sections);
    }

    private static long aligned(long value, long alignment) {
        if (alignment == 0) {
            throw new IllegalStateException("SectionAlignment or FileAlignment is 0");
        }
        return Math.ceilDiv(value, alignment) * alignment;
    }
}
