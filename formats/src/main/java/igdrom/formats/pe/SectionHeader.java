package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// One entry of the section table.
///
/// Spec: PE/COFF, "Section Table (Section Headers)".
///
/// @param rawName eight bytes, padded with NULs
public record SectionHeader(
        Image rawName,
        long virtualSize,
        long virtualAddress,
        long sizeOfRawData,
        long pointerToRawData,
        long pointerToRelocations,
        long pointerToLinenumbers,
        int numberOfRelocations,
        int numberOfLinenumbers,
        long characteristics) {
    static final int BYTES = 40;
    static final int NAME_BYTES = 8;

    /// Spec: PE/COFF, "Section Flags": IMAGE_SCN_MEM_EXECUTE.
    private static final long EXECUTE = 0x2000_0000L;

    public SectionHeader {
        if (rawName.size() != NAME_BYTES) {
            throw new IllegalArgumentException("a section name has eight bytes");
        }
    }

    static SectionHeader read(Cursor in) {
        return new SectionHeader(
                in.image("Name", NAME_BYTES),
                in.u32("VirtualSize"),
                in.u32("VirtualAddress"),
                in.u32("SizeOfRawData"),
                in.u32("PointerToRawData"),
                in.u32("PointerToRelocations"),
                in.u32("PointerToLinenumbers"),
                in.u16("NumberOfRelocations"),
                in.u16("NumberOfLinenumbers"),
                in.u32("Characteristics"));
    }

    void write(Emitter out) {
        out.image(rawName)
                .u32(virtualSize)
                .u32(virtualAddress)
                .u32(sizeOfRawData)
                .u32(pointerToRawData)
                .u32(pointerToRelocations)
                .u32(pointerToLinenumbers)
                .u16(numberOfRelocations)
                .u16(numberOfLinenumbers)
                .u32(characteristics);
    }

    /// The name without padding; may be empty.
    public String name() {
        String name = rawName.latin1();
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }

    /// Whether the section contains code.
    public boolean isExecutable() {
        return (characteristics & EXECUTE) != 0;
    }

    /// The file offset at which the data ends, before [Executable#stripped] is subtracted.
    long rawEnd() {
        return sizeOfRawData == 0 ? 0 : pointerToRawData + sizeOfRawData;
    }

    /// The relative virtual address at which the section ends.
    long addressEnd() {
        return virtualAddress + (virtualSize == 0 ? sizeOfRawData : virtualSize);
    }

    /// Whether `rva` is in the part of the section that is loaded from the file.
    boolean holds(long rva) {
        return rva >= virtualAddress && rva - virtualAddress < sizeOfRawData;
    }
}
