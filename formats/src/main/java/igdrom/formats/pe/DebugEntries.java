package igdrom.formats.pe;

import igdrom.bytes.Image;

/// The debug directory, which a loader reads to find the name of the image.
///
/// Spec: PE/COFF, "The .debug Section". Source: as [LoadRules].
record DebugEntries(Executable executable, long sizeOfImage, DataDirectory directory) {
    private static final int BYTES = 28;

    /// Offsets of fields in an entry.
    private static final int TYPE_OFFSET = 12;

    private static final int ADDRESS_OF_RAW_DATA_OFFSET = 20;
    private static final int POINTER_TO_RAW_DATA_OFFSET = 24;

    /// Values of Type.
    private static final int CODE_VIEW = 2;

    private static final int EX_DLL_CHARACTERISTICS = 20;

    void check() throws LoadFailure {
        if (directory.isEmpty()) {
            return;
        }
        for (SectionHeader section : executable.sections()) {
            long inside = directory.virtualAddress() - section.virtualAddress();
            if (inside >= 0 && inside < section.virtualSize()) {
                checkEntries(section.pointerToRawData() - executable.stripped() + inside);
                return;
            }
        }
        // Loaders ignore a directory that is in no section.
    }

    private void checkEntries(long start) throws LoadFailure {
        Image raw = executable.raw();
        for (long at = start; at < start + directory.size(); at += BYTES) {
            if (at < 0 || at > raw.size() - BYTES) {
                throw new LoadFailure(
                        "the debug directory at 0x%x has 0x%x bytes, the image ends at 0x%x",
                        start, directory.size(), raw.size());
            }
            long type = raw.u32(at + TYPE_OFFSET);
            long address = raw.u32(at + ADDRESS_OF_RAW_DATA_OFFSET);
            long offset = raw.u32(at + POINTER_TO_RAW_DATA_OFFSET);
            if (type == CODE_VIEW && address >= sizeOfImage) {
                throw new LoadFailure(
                        "the debug data is at address 0x%x, SizeOfImage is 0x%x",
                        address, sizeOfImage);
            }
            // Old versions of GenFw put the data directly after its entry and counted both in Size.
            if (executable instanceof TeImage || (type == CODE_VIEW && offset == at + BYTES)) {
                break;
            }
            if (type == EX_DLL_CHARACTERISTICS && offset > raw.size() - 4) {
                throw new LoadFailure(
                        "the debug data is at file offset 0x%x, the image ends at 0x%x",
                        offset, raw.size());
            }
        }
    }
}
