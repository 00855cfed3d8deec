package igdrom.formats.pe;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;

/// Lays out a new executable: sections one after the other, aligned alike in file and memory, so
/// that offsets and relative virtual addresses are the same numbers.
final class NewImage {
    /// The least that UEFI loaders take; drivers in option ROMs are linked so to save space.
    private static final int ALIGNMENT = 0x20;

    private final List<NewSection> parts;
    private final long headersSize;
    private final List<SectionHeader> sections = new ArrayList<>();

    NewImage(boolean plus, List<NewSection> parts) {
        this.parts = parts;
        long optionalSize = plus ? 240 : 224;
        this.headersSize =
                aligned(
                        DosHeader.BYTES
                                + CoffHeader.BYTES
                                + optionalSize
                                + (long) SectionHeader.BYTES * parts.size());
        long at = headersSize;
        for (NewSection part : parts) {
            SectionHeader header = header(part, at);
            sections.add(header);
            at += header.sizeOfRawData();
        }
    }

    PeImage build(Machine machine, Subsystem subsystem, long entry) {
        boolean plus = !machine.equals(Machine.IA32);
        SectionHeader first = sections.getFirst();
        long end = sections.getLast().rawEnd();
        OptionalHeader optional =
                new OptionalHeader(
                        plus,
                        0,
                        first.sizeOfRawData(),
                        end - first.rawEnd(),
                        0,
                        first.virtualAddress() + entry,
                        first.virtualAddress(),
                        plus ? 0 : first.rawEnd(),
                        0,
                        ALIGNMENT,
                        ALIGNMENT,
                        OptionalHeader.Versions.NONE,
                        0,
                        end,
                        headersSize,
                        0,
                        subsystem,
                        0,
                        OptionalHeader.Reserve.NONE,
                        OptionalHeader.Reserve.NONE,
                        0,
                        directories(),
                        Image.EMPTY);
        CoffHeader coff =
                new CoffHeader(
                        machine,
                        sections.size(),
                        0,
                        0,
                        0,
                        (int) optional.bytes(),
                        CoffHeader.EXECUTABLE_IMAGE
                                | CoffHeader.LARGE_ADDRESS_AWARE
                                | CoffHeader.DLL);
        DosHeader dos = new DosHeader(Image.of(new byte[58]), DosHeader.BYTES);
        PeImage headers = new PeImage(Image.EMPTY, dos, Image.EMPTY, coff, optional, sections);
        return new PeImage(bytes(headers), dos, Image.EMPTY, coff, optional, sections);
    }

    private Image bytes(PeImage headers) {
        Emitter out = new Emitter();
        headers.writeHeaders(out);
        for (int i = 0; i < parts.size(); i++) {
            out.fillTo(sections.get(i).pointerToRawData(), 0).image(parts.get(i).data());
        }
        return out.align(ALIGNMENT, 0).toImage();
    }

    private List<DataDirectory> directories() {
        List<DataDirectory> directories = new ArrayList<>();
        for (int i = 0; i < OptionalHeader.MAX_DIRECTORIES; i++) {
            directories.add(new DataDirectory(0, 0));
        }
        for (SectionHeader section : sections) {
            if (section.name().equals(".reloc")) {
                directories.set(
                        OptionalHeader.BASE_RELOCATION_TABLE,
                        new DataDirectory(section.virtualAddress(), section.virtualSize()));
            }
        }
        return directories;
    }

    private static SectionHeader header(NewSection part, long at) {
        return new SectionHeader(
                part.rawName(),
                part.data().size(),
                at,
                aligned(part.data().size()),
                at,
                0,
                0,
                0,
                0,
                part.characteristics());
    }

    private static long aligned(long size) {
        return Math.ceilDiv(size, (long) ALIGNMENT) * ALIGNMENT;
    }
}
