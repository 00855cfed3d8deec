package igdrom.formats.pe;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;

/// Puts one section more behind those that an executable has.
final class AddedSection {
    private AddedSection() {}

    static PeImage to(PeImage image, NewSection part) {
        long headersEnd = image.headersEnd() + SectionHeader.BYTES;
        long extent = image.extent();
        if (headersEnd > firstByte(image)
                || !image.raw().slice(image.headersEnd(), SectionHeader.BYTES).isFilledWith(0)) {
            throw new IllegalStateException("no room for the header of one section more");
        }
        if (extent != image.raw().size() || image.certificates().isPresent()) {
            throw new IllegalStateException("something follows the last section");
        }
        OptionalHeader before = image.optionalHeader();
        SectionHeader added = header(before, part, extent);
        List<SectionHeader> sections = new ArrayList<>(image.sections());
        sections.add(added);
        CoffHeader coff = withSections(image.coffHeader(), sections.size());
        Emitter body = new Emitter();
        body.image(image.raw()).fillTo(added.pointerToRawData(), 0);
        body.image(part.data()).fillTo(added.rawEnd(), 0);
        OptionalHeader summed = withCheckSum(before, added, 0);
        Image bytes = bytes(image, body.toImage(), coff, summed, sections);
        PeImage unsummed =
                new PeImage(bytes, image.dosHeader(), image.dosStub(), coff, summed, sections);
        OptionalHeader optional = withCheckSum(before, added, unsummed.computedCheckSum());
        return new PeImage(
                bytes(image, bytes, coff, optional, sections),
                image.dosHeader(),
                image.dosStub(),
                coff,
                optional,
                sections);
    }

    /// Where the first of the sections begins in the file.
    private static long firstByte(PeImage image) {
        long first = image.optionalHeader().sizeOfHeaders();
        for (SectionHeader section : image.sections()) {
            if (section.sizeOfRawData() != 0) {
                first = Math.min(first, section.pointerToRawData());
            }
        }
        return first;
    }

    private static SectionHeader header(OptionalHeader optional, NewSection part, long extent) {
        return new SectionHeader(
                part.rawName(),
                part.data().size(),
                aligned(optional.sizeOfImage(), optional.sectionAlignment()),
                aligned(part.data().size(), optional.fileAlignment()),
                aligned(extent, optional.fileAlignment()),
                0,
                0,
                0,
                0,
                part.characteristics());
    }

    private static Image bytes(
            PeImage image,
            Image body,
            CoffHeader coff,
            OptionalHeader optional,
            List<SectionHeader> sections) {
        Emitter out = new Emitter();
        new PeImage(body, image.dosHeader(), image.dosStub(), coff, optional, sections).write(out);
        return out.toImage();
    }

    private static CoffHeader withSections(CoffHeader coff, int count) {
        return new CoffHeader(
                coff.machine(),
                count,
                coff.timeDateStamp(),
                coff.pointerToSymbolTable(),
                coff.numberOfSymbols(),
                coff.sizeOfOptionalHeader(),
                coff.characteristics());
    }

    private static OptionalHeader withCheckSum(
            OptionalHeader old, SectionHeader added, long checkSum) {
        return new OptionalHeader(
                old.plus(),
                old.linkerVersion(),
                old.sizeOfCode(),
                old.sizeOfInitializedData() + added.sizeOfRawData(),
                old.sizeOfUninitializedData(),
                old.addressOfEntryPoint(),
                old.baseOfCode(),
                old.baseOfData(),
                old.imageBase(),
                old.sectionAlignment(),
                old.fileAlignment(),
                old.versions(),
                old.win32VersionValue(),
                aligned(added.virtualAddress() + added.virtualSize(), old.sectionAlignment()),
                old.sizeOfHeaders(),
                checkSum,
                old.subsystem(),
                old.dllCharacteristics(),
                old.stack(),
                old.heap(),
                old.loaderFlags(),
                old.directories(),
                old.rest());
    }

    private static long aligned(long value, long alignment) {
        if (alignment == 0) {
            throw new IllegalStateException(String.format("an alignment is 0x%x", alignment));
        }
        return Math.ceilDiv(value, alignment) * alignment;
    }
}
