package igdrom.formats.pe;

import igdrom.bytes.Image;

/// The debug directory, which a loader reads to know the name of what it loads.
///
/// Spec: PE/COFF, "The .debug Section". Source: as [LoadRules].
record DebugEntries(Executable executable, long sizeOfImage, DataDirectory directory) {
    private static final int BYTES = 28;
    private static final int CODE_VIEW = 2;
    private static final int EX_DLL_CHARACTERISTICS = 20;

    void check() throws LoadFailure {
        if (directory.isEmpty()) {
            return;
        }
        for (SectionHeader section : executable.sections()) {
            long inside = directory.virtualAddress() - section.virtualAddress();
            if (inside >= 0 && inside < section.virtualSize()) {
                entries(section.pointerToRawData() - executable.stripped() + inside);
                return;
            }
        }
        // No loader looks for it elsewhere.
    }

    private void entries(long start) throws LoadFailure {
        Image raw = executable.raw();
        for (long at = start; at < start + directory.size(); at += BYTES) {
            if (at < 0 || at > raw.size() - BYTES) {
                throw LoadRules.problem(
                        "the debug directory at 0x%x has 0x%x bytes, the image ends at 0x%x",
                        start, directory.size(), raw.size());
            }
            long type = raw.u32(at + 12);
            long address = raw.u32(at + 20);
            long offset = raw.u32(at + 24);
            if (type == CODE_VIEW && address >= sizeOfImage) {
                throw LoadRules.problem(
                        "the debug data is at the address 0x%x, SizeOfImage is 0x%x",
                        address, sizeOfImage);
            }
            // GenFw once put the data right behind its entry, and both into the directory's size.
            if (executable instanceof TeImage || (type == CODE_VIEW && offset == at + BYTES)) {
                break;
            }
            if (type == EX_DLL_CHARACTERISTICS && offset > raw.size() - 4) {
                throw LoadRules.problem(
                        "the debug data is at 0x%x, the image ends at 0x%x", offset, raw.size());
            }
        }
    }
}
