package igdrom.formats.pe;

import igdrom.bytes.Image;

/// The base relocations, checked as a loader applies them.
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
            throw new LoadFailure(
                    "the base relocations extend from address 0x%x to 0x%x, SizeOfImage is 0x%x",
                    start, end, sizeOfImage);
        }
        for (SectionHeader section : executable.sections()) {
            if (section.holds(start)) {
                Image bytes = executable.data(section).from(start - section.virtualAddress());
                checkBlocks(bytes);
                return;
            }
        }
        throw new LoadFailure("the base relocations are at address 0x%x, not in a section", start);
    }

    /// @param bytes from the start of the directory; memory after their end is zero
    private void checkBlocks(Image bytes) throws LoadFailure {
        long size = directory.size();
        for (long at = 0; at < size - 1; ) {
            long address = at + 4 <= bytes.size() ? bytes.u32(at) : 0;
            long block = at + BLOCK_HEADER <= bytes.size() ? bytes.u32(at + 4) : 0;
            if (block == 0 || block > size - at) {
                throw new LoadFailure(
                        "the base relocation block at +0x%x has 0x%x bytes, 0x%x are left",
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
                    throw new LoadFailure(
                            "the base relocation at +0x%x has the unknown type %d",
                            entry, relocation >>> 12);
                }
            }
            at += block;
        }
    }

    private LoadFailure outside(long at, long address) {
        return new LoadFailure(
                "the base relocation at +0x%x applies to address 0x%x, SizeOfImage is 0x%x",
                at, address, sizeOfImage);
    }

    /// Whether the loader knows the type: on x86 ABSOLUTE, HIGH, LOW, HIGHLOW and DIR64.
    private boolean isKnown(int type) {
        boolean x86 =
                executable.machine().equals(Machine.X64)
                        || executable.machine().equals(Machine.IA32);
        return type <= 3 || type == 10 || !x86;
    }
}
