package igdrom.formats.pe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a UEFI loader refuses, or would stumble over, in an executable that reads well.
///
/// Source: EDK2 c5aa7e7, MdePkg/Library/BasePeCoffLib/BasePeCoff.c (PeCoffLoaderGetImageInfo,
/// PeCoffLoaderLoadImage, PeCoffLoaderRelocateImage) and MdeModulePkg/Core/Dxe/Image/Image.c. It
/// does not mind an entry point outside the code, sections that overlap or are shifted against the
/// alignment, or relocations that are there and not in the directory: what it starts then is not
/// the program. Observed: of 1,098 programs in eight public images and Debian's OVMF the only two
/// that break one of these rules are SEC cores, which run where they are. HII resources are not
/// looked at here.
///
/// Spec: PE/COFF, "Section Table (Section Headers)".
///
/// @param sizeOfImage where the last address is
/// @param firstAddress where the headers end in memory, and in a file that has all of them
record LoadRules(
        Executable executable,
        long sizeOfImage,
        long firstAddress,
        DataDirectory relocations,
        DataDirectory debug) {
    /// A guest has it, and no driver of a ROM of 16 MiB needs it.
    private static final long MOST_MEMORY = 256L << 20;

    private static final long PAGE = 0x1000;
    private static final long ADDRESSES = 1L << 32;
    private static final int DEBUG_TABLE = 6;
    private static final DataDirectory NONE = new DataDirectory(0, 0);

    static Optional<String> problem(Executable executable) {
        try {
            if (executable instanceof PeImage pe) {
                check(pe);
            } else {
                check((TeImage) executable);
            }
            return Optional.empty();
        } catch (LoadFailure e) {
            return Optional.of(e.words());
        }
    }

    private static void check(PeImage pe) throws LoadFailure {
        OptionalHeader optional = pe.optionalHeader();
        headers(pe);
        memory(optional);
        certificates(pe);
        stripped(pe);
        alignments(pe);
        new LoadRules(
                        pe,
                        optional.sizeOfImage(),
                        optional.sizeOfHeaders(),
                        pe.directory(OptionalHeader.BASE_RELOCATION_TABLE).orElse(NONE),
                        pe.directory(DEBUG_TABLE).orElse(NONE))
                .content();
    }

    private static void check(TeImage te) throws LoadFailure {
        long end = 0;
        for (SectionHeader section : te.sections()) {
            end = section.virtualAddress() + section.virtualSize();
        }
        headers(te);
        new LoadRules(te, end, te.baseOfCode(), te.baseRelocations(), te.debug()).content();
    }

    private static void headers(PeImage pe) throws LoadFailure {
        OptionalHeader optional = pe.optionalHeader();
        long end = pe.headersEnd();
        if (!optional.rest().isEmpty()) {
            throw problem(
                    "SizeOfOptionalHeader is 0x%x, with %d data directories it would be 0x%x",
                    optional.bytes(),
                    optional.directories().size(),
                    optional.bytes() - optional.rest().size());
        }
        if (optional.sizeOfHeaders() < end) {
            throw problem(
                    "SizeOfHeaders is 0x%x, the headers end at 0x%x",
                    optional.sizeOfHeaders(), end);
        }
        if (optional.sizeOfImage() <= optional.sizeOfHeaders()
                || optional.sizeOfImage() < end + SectionHeader.BYTES) {
            throw problem(
                    "SizeOfImage is 0x%x, the headers alone take 0x%x",
                    optional.sizeOfImage(), optional.sizeOfHeaders());
        }
    }

    private static void headers(TeImage te) throws LoadFailure {
        if (te.strippedSize() <= TeImage.HEADER_BYTES) {
            throw problem(
                    "StrippedSize is 0x%x, not more than the header of 0x%x",
                    te.strippedSize(), TeImage.HEADER_BYTES);
        }
        if (te.baseOfCode() <= te.strippedSize()
                || te.baseOfCode() - te.stripped() > te.raw().size()) {
            throw problem(
                    "BaseOfCode is 0x%x, StrippedSize 0x%x, there are 0x%x bytes",
                    te.baseOfCode(), te.strippedSize(), te.raw().size());
        }
        if (te.baseRelocations().isEmpty() && te.baseRelocations().virtualAddress() == 0) {
            throw strippedFor(te.imageBase());
        }
    }

    private static void memory(OptionalHeader optional) throws LoadFailure {
        long alignment = optional.sectionAlignment();
        if (alignment == 0) {
            throw new LoadFailure("SectionAlignment is 0");
        }
        if (optional.sizeOfImage() + (alignment > PAGE ? alignment : 0) > MOST_MEMORY) {
            throw problem(
                    "SizeOfImage 0x%x and SectionAlignment 0x%x ask for more memory than a"
                            + " driver gets",
                    optional.sizeOfImage(), alignment);
        }
    }

    private static void certificates(PeImage pe) throws LoadFailure {
        DataDirectory table = pe.certificates().orElse(NONE);
        if (table.virtualAddress() + table.size() > pe.raw().size()) {
            throw problem(
                    "the certificate table has 0x%x bytes from 0x%x, the image ends at 0x%x",
                    table.size(), table.virtualAddress(), pe.raw().size());
        }
    }

    private static void stripped(PeImage pe) throws LoadFailure {
        if ((pe.coffHeader().characteristics() & CoffHeader.RELOCS_STRIPPED) != 0) {
            throw strippedFor(pe.optionalHeader().imageBase());
        }
    }

    private static void alignments(PeImage pe) throws LoadFailure {
        long inMemory = pe.optionalHeader().sectionAlignment();
        long inFile = Math.max(1, pe.optionalHeader().fileAlignment());
        for (SectionHeader section : pe.sections()) {
            if (section.virtualAddress() % inMemory != 0
                    || section.pointerToRawData() % inFile != 0) {
                throw problem(
                        "section \"%s\" is at 0x%x, in the file at 0x%x: the alignments are 0x%x"
                                + " and 0x%x",
                        section.name(),
                        section.virtualAddress(),
                        section.pointerToRawData(),
                        inMemory,
                        inFile);
            }
            if (section.name().equals(".reloc")
                    && section.sizeOfRawData() != 0
                    && pe.directory(OptionalHeader.BASE_RELOCATION_TABLE).isEmpty()) {
                throw new LoadFailure(
                        "the base relocations of section \".reloc\" are in no directory");
            }
        }
    }

    private static LoadFailure strippedFor(long imageBase) {
        return problem("it has no relocations, and would run at 0x%x only", imageBase);
    }

    private void content() throws LoadFailure {
        addresses();
        overlap();
        entryPoint();
        new Relocations(executable, sizeOfImage, relocations).check();
        new DebugEntries(executable, sizeOfImage, debug).check();
    }

    private void addresses() throws LoadFailure {
        for (SectionHeader section : executable.sections()) {
            boolean empty = section.sizeOfRawData() == 0;
            if (!empty
                    && (section.virtualAddress() < firstAddress
                            || section.pointerToRawData() < firstAddress)) {
                throw problem(
                        "section \"%s\" is at 0x%x, in the file at 0x%x: the headers end at 0x%x",
                        section.name(),
                        section.virtualAddress(),
                        section.pointerToRawData(),
                        firstAddress);
            }
            // Nothing is put behind the image of a section that has no bytes.
            boolean nowhere = empty && section.virtualAddress() >= sizeOfImage;
            if (section.addressEnd() > Math.min(sizeOfImage, ADDRESSES) && !nowhere) {
                throw problem(
                        "section \"%s\" has the addresses 0x%x to 0x%x, SizeOfImage is 0x%x",
                        section.name(),
                        section.virtualAddress(),
                        section.addressEnd(),
                        sizeOfImage);
            }
        }
    }

    private void overlap() throws LoadFailure {
        List<SectionHeader> byAddress = new ArrayList<>();
        boolean ascending = true;
        long last = 0;
        for (SectionHeader section : executable.sections()) {
            if (section.addressEnd() > section.virtualAddress()) {
                byAddress.add(section);
                ascending &= section.virtualAddress() >= last;
                last = section.virtualAddress();
            }
        }
        if (!ascending) {
            byAddress.sort(Comparator.comparingLong(SectionHeader::virtualAddress));
        }
        for (int i = 1; i < byAddress.size(); i++) {
            SectionHeader before = byAddress.get(i - 1);
            SectionHeader section = byAddress.get(i);
            if (section.virtualAddress() < before.addressEnd()) {
                throw problem(
                        "section \"%s\" is at the address 0x%x, \"%s\" ends at 0x%x",
                        section.name(),
                        section.virtualAddress(),
                        before.name(),
                        before.addressEnd());
            }
        }
    }

    private void entryPoint() throws LoadFailure {
        long entry =
                executable instanceof PeImage pe
                        ? pe.optionalHeader().addressOfEntryPoint()
                        : ((TeImage) executable).addressOfEntryPoint();
        for (SectionHeader section : executable.sections()) {
            if (section.holds(entry) && section.isExecutable()) {
                return;
            }
        }
        throw problem("AddressOfEntryPoint is 0x%x, in no section of code", entry);
    }

    static LoadFailure problem(String pattern, Object... values) {
        return new LoadFailure(String.format(pattern, values));
    }
}
