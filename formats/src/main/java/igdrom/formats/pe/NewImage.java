package igdrom.formats.pe;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;

/// Lays out a new executable, for [PeImage#of]. The sections are consecutive and equally aligned in
/// file and memory, so that file offsets and relative virtual addresses are the same numbers.
final class NewImage {
    /// The smallest alignment that UEFI loaders accept. Option ROM drivers use it to save space.
    private static final int ALIGNMENT = 0x20;

    private final List<NewSection> parts;
    private final long headersSize;
    private final List<SectionHeader> sections = new ArrayList<>();

    NewImage(boolean plus, List<NewSection> parts) {
        this.parts = parts;
        long optionalSize = plus ? 240 : 224; // with all data directories
        this.headersSize =
                aligned(
                        DosHeader.BYTES
                                + CoffHeader.BYTES
                                + optionalSize
                                + (long) SectionHeader.BYTES * parts.size());
        long at = headersSize;
        for (NewSection part : parts) {
            SectionHeader header = part.header(at, at, aligned(part.data().size()));
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
                        /* linkerVersion= */ 0,
                        /* sizeOfCode= */ first.sizeOfRawData(),
                        /* sizeOfInitializedData= */ end - first.rawEnd(),
                        /* sizeOfUninitializedData= */ 0,
                        /* addressOfEntryPoint= */ first.virtualAddress() + entry,
                        /* baseOfCode= */ first.virtualAddress(),
                        /* baseOfData= */ plus ? 0 : first.rawEnd(),
                        /* imageBase= */ 0,
                        /* sectionAlignment= */ ALIGNMENT,
                        /* fileAlignment= */ ALIGNMENT,
                        OptionalHeader.Versions.NONE,
                        /* win32VersionValue= */ 0,
                        /* sizeOfImage= */ end,
                        /* sizeOfHeaders= */ headersSize,
                        /* checkSum= */ 0,
                        subsystem,
                        /* dllCharacteristics= */ 0,
                        /* stack= */ OptionalHeader.Reserve.NONE,
                        /* heap= */ OptionalHeader.Reserve.NONE,
                        /* loaderFlags= */ 0,
                        directories(),
                        /* rest= */ Image.EMPTY);
        CoffHeader coff =
                new CoffHeader(
                        machine,
                        sections.size(),
                        /* timeDateStamp= */ 0,
                        /* pointerToSymbolTable= */ 0,
                        /* numberOfSymbols= */ 0,
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

    private static long aligned(long size) {
        return Math.ceilDiv(size, (long) ALIGNMENT) * ALIGNMENT;
    }
}
