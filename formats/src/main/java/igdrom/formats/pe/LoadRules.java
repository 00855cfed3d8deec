package igdrom.formats.pe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a readable executable must satisfy so that a UEFI loader accepts it.
///
/// Source: EDK2 c5aa7e7, MdePkg/Library/BasePeCoffLib/BasePeCoff.c (PeCoffLoaderGetImageInfo,
/// PeCoffLoaderLoadImage, PeCoffLoaderRelocateImage) and MdeModulePkg/Core/Dxe/Image/Image.c. This
/// loader does not check that the entry point is in a code section, that sections do not overlap
/// and are aligned, or that existing relocations are in the directory, although it would start a
/// broken program; those are checked here too. HII resources are not checked.
///
/// Observed: of 1,098 programs in eight public images and Debian's OVMF, only two SEC cores, which
/// are executed in place, break one of these rules.
///
/// Spec: PE/COFF, "Section Table (Section Headers)".
///
/// @param sizeOfImage the end of the last section in memory
/// @param firstAddress the end of the headers, in memory and in a file that has all of them
record LoadRules(
        Executable executable,
        long sizeOfImage,
        long firstAddress,
        DataDirectory relocations,
        DataDirectory debug) {
    /// Upper bound for SizeOfImage: every guest has this much memory, and no driver that fits in a
    /// ROM of 16 MiB needs more.
    private static final long MAX_MEMORY = 256L << 20;

    private static final long PAGE = 0x1000;
    private static final long ADDRESS_SPACE = 1L << 32;
    private static final int DEBUG_TABLE = 6;
    private static final DataDirectory NONE = new DataDirectory(0, 0);

    /// The first rule that `executable` breaks.
    static Optional<String> violation(Executable executable) {
        try {
            switch (executable) {
                case PeImage pe -> check(pe);
                case TeImage te -> check(te);
            }
            return Optional.empty();
        } catch (LoadFailure e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static void check(PeImage pe) throws LoadFailure {
        OptionalHeader optional = pe.optionalHeader();
        checkHeaders(pe);
        checkMemory(optional);
        checkCertificates(pe);
        if ((pe.coffHeader().characteristics() & CoffHeader.RELOCS_STRIPPED) != 0) {
            throw notRelocatable(optional.imageBase());
        }
        checkAlignments(pe);
        new LoadRules(
                        pe,
                        optional.sizeOfImage(),
                        optional.sizeOfHeaders(),
                        pe.directory(OptionalHeader.BASE_RELOCATION_TABLE).orElse(NONE),
                        pe.directory(DEBUG_TABLE).orElse(NONE))
                .checkContent();
    }

    private static void check(TeImage te) throws LoadFailure {
        long end = 0;
        for (SectionHeader section : te.sections()) {
            end = section.virtualAddress() + section.virtualSize();
        }
        checkHeaders(te);
        new LoadRules(te, end, te.baseOfCode(), te.baseRelocations(), te.debug()).checkContent();
    }

    private static void checkHeaders(PeImage pe) throws LoadFailure {
        OptionalHeader optional = pe.optionalHeader();
        long end = pe.headersEnd();
        if (!optional.rest().isEmpty()) {
            throw new LoadFailure(
                    "SizeOfOptionalHeader is 0x%x, expected 0x%x for %d data directories",
                    optional.bytes(),
                    optional.bytes() - optional.rest().size(),
                    optional.directories().size());
        }
        if (optional.sizeOfHeaders() < end) {
            throw new LoadFailure(
                    "SizeOfHeaders is 0x%x, the headers end at 0x%x",
                    optional.sizeOfHeaders(), end);
        }
        if (optional.sizeOfImage() <= optional.sizeOfHeaders()
                || optional.sizeOfImage() < end + SectionHeader.BYTES) {
            throw new LoadFailure(
                    "SizeOfImage is 0x%x, the headers alone take 0x%x",
                    optional.sizeOfImage(), optional.sizeOfHeaders());
        }
    }

    private static void checkHeaders(TeImage te) throws LoadFailure {
        if (te.strippedSize() <= TeImage.HEADER_BYTES) {
            throw new LoadFailure(
                    "StrippedSize is 0x%x, it must exceed the TE header of 0x%x bytes",
                    te.strippedSize(), TeImage.HEADER_BYTES);
        }
        if (te.baseOfCode() <= te.strippedSize()
                || te.baseOfCode() - te.stripped() > te.raw().size()) {
            throw new LoadFailure(
                    "BaseOfCode is 0x%x, StrippedSize is 0x%x, the image has 0x%x bytes",
                    te.baseOfCode(), te.strippedSize(), te.raw().size());
        }
        if (te.baseRelocations().isEmpty() && te.baseRelocations().virtualAddress() == 0) {
            throw notRelocatable(te.imageBase());
        }
    }

    private static void checkMemory(OptionalHeader optional) throws LoadFailure {
        long alignment = optional.sectionAlignment();
        if (alignment == 0) {
            throw new LoadFailure("SectionAlignment is 0");
        }
        if (optional.sizeOfImage() + (alignment > PAGE ? alignment : 0) > MAX_MEMORY) {
            throw new LoadFailure(
                    "SizeOfImage 0x%x and SectionAlignment 0x%x need more than 0x%x bytes of"
                            + " memory",
                    optional.sizeOfImage(), alignment, MAX_MEMORY);
        }
    }

    private static void checkCertificates(PeImage pe) throws LoadFailure {
        DataDirectory table = pe.certificates().orElse(NONE);
        if (table.virtualAddress() + table.size() > pe.raw().size()) {
            throw new LoadFailure(
                    "the certificate table has 0x%x bytes at 0x%x, the image ends at 0x%x",
                    table.size(), table.virtualAddress(), pe.raw().size());
        }
    }

    private static void checkAlignments(PeImage pe) throws LoadFailure {
        long inMemory = pe.optionalHeader().sectionAlignment();
        long inFile = Math.max(1, pe.optionalHeader().fileAlignment());
        for (SectionHeader section : pe.sections()) {
            if (section.virtualAddress() % inMemory != 0
                    || section.pointerToRawData() % inFile != 0) {
                throw new LoadFailure(
                        "section \"%s\" is at address 0x%x and file offset 0x%x, the alignments"
                                + " are 0x%x and 0x%x",
                        section.name(),
                        section.virtualAddress(),
                        section.pointerToRawData(),
                        inMemory,
                        inFile);
            }
            if (section.name().equals(".reloc")
                    && section.sizeOfRawData() != 0
                    && pe.directory(OptionalHeader.BASE_RELOCATION_TABLE).isEmpty()) {
                throw new LoadFailure("section \".reloc\" is not in the base relocation directory");
            }
        }
    }

    private static LoadFailure notRelocatable(long imageBase) {
        return new LoadFailure("no base relocations: the image runs only at 0x%x", imageBase);
    }

    private void checkContent() throws LoadFailure {
        checkAddresses();
        checkOverlap();
        checkEntryPoint();
        new Relocations(executable, sizeOfImage, relocations).check();
        new DebugEntries(executable, sizeOfImage, debug).check();
    }

    private void checkAddresses() throws LoadFailure {
        for (SectionHeader section : executable.sections()) {
            boolean empty = section.sizeOfRawData() == 0;
            if (!empty
                    && (section.virtualAddress() < firstAddress
                            || section.pointerToRawData() < firstAddress)) {
                throw new LoadFailure(
                        "section \"%s\" is at address 0x%x and file offset 0x%x, the headers end"
                                + " at 0x%x",
                        section.name(),
                        section.virtualAddress(),
                        section.pointerToRawData(),
                        firstAddress);
            }
            // A loader ignores an empty section that starts after the end of the image.
            boolean ignored = empty && section.virtualAddress() >= sizeOfImage;
            if (section.addressEnd() > Math.min(sizeOfImage, ADDRESS_SPACE) && !ignored) {
                throw new LoadFailure(
                        "section \"%s\" extends from address 0x%x to 0x%x, SizeOfImage is 0x%x",
                        section.name(),
                        section.virtualAddress(),
                        section.addressEnd(),
                        sizeOfImage);
            }
        }
    }

    private void checkOverlap() throws LoadFailure {
        List<SectionHeader> byAddress = new ArrayList<>(executable.sections());
        byAddress.removeIf(section -> section.addressEnd() == section.virtualAddress());
        byAddress.sort(Comparator.comparingLong(SectionHeader::virtualAddress));
        for (int i = 1; i < byAddress.size(); i++) {
            SectionHeader before = byAddress.get(i - 1);
            SectionHeader section = byAddress.get(i);
            if (section.virtualAddress() < before.addressEnd()) {
                throw new LoadFailure(
                        "section \"%s\" is at address 0x%x, section \"%s\" ends at 0x%x",
                        section.name(),
                        section.virtualAddress(),
                        before.name(),
                        before.addressEnd());
            }
        }
    }

    private void checkEntryPoint() throws LoadFailure {
        long entry = executable.addressOfEntryPoint();
        for (SectionHeader section : executable.sections()) {
            if (section.holds(entry) && section.isExecutable()) {
                return;
            }
        }
        throw new LoadFailure("AddressOfEntryPoint is 0x%x, not in a code section", entry);
    }
}
