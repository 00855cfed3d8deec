package igdrom.formats.pe;

import igdrom.bytes.Image;

/// The base relocations as a loader walks through them.
///
/// Spec: PE/COFF, "The .reloc Section (Image Only)". Source: as [LoadRules].
record Relocations(Executable executable, long sizeOfImage, DataDirectory directory) {
    private static final int BLOCK_HEADER = 8;

    void check() throws LoadFailure {
        if (directory.isEmpty()) {
            return;
        }
        long start = directory.virtualAddress();
        long end = start + directory.size();
        if (end > sizeOfImage) {
            throw LoadRules.problem(
                    "the base relocations have the addresses 0x%x to 0x%x, SizeOfImage is 0x%x",
                    start, end, sizeOfImage);
        }
        for (SectionHeader section : executable.sections()) {
            if (section.holds(start)) {
                Image bytes = executable.data(section).from(start - section.virtualAddress());
                blocks(bytes);
                return;
            }
        }
        throw LoadRules.problem("the base relocations are at 0x%x, in no section", start);
    }

    /// @param bytes from the directory's start; what they do not have is zero in memory
    private void blocks(Image bytes) throws LoadFailure {
        long size = directory.size();
        for (long at = 0; at < size - 1; ) {
            long address = at + 4 <= bytes.size() ? bytes.u32(at) : 0;
            long block = at + BLOCK_HEADER <= bytes.size() ? bytes.u32(at + 4) : 0;
            if (block == 0 || block > size - at) {
                throw LoadRules.problem(
                        "the block of base relocations at +0x%x has 0x%x bytes, 0x%x are left",
                        at, block, size - at);
            }
            if (address >= sizeOfImage) {
                throw outside(at, address);
            }
            long blockEnd = Math.min(at + block, bytes.size() - 1);
            for (long entry = at + BLOCK_HEADER; entry < blockEnd; entry += 2) {
                int relocation = bytes.u16(entry);
                if (address + (relocation & 0xfff) >= sizeOfImage) {
                    throw outside(entry, address + (relocation & 0xfff));
                }
                if (!isKnown(relocation >>> 12)) {
                    throw LoadRules.problem(
                            "the base relocation at +0x%x is of type %d", entry, relocation >>> 12);
                }
            }
            at += block;
        }
    }

    private LoadFailure outside(long at, long address) {
        return LoadRules.problem(
                "the base relocation at +0x%x is for the address 0x%x, SizeOfImage is 0x%x",
                at, address, sizeOfImage);
    }

    /// ABSOLUTE, HIGH, LOW, HIGHLOW and DIR64; other processors have more.
    private boolean isKnown(int type) {
        boolean x86 =
                executable.machine().equals(Machine.X64)
                        || executable.machine().equals(Machine.IA32);
        return type <= 3 || type == 10 || !x86;
    }
}
