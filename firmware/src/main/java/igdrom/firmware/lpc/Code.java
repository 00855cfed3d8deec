package igdrom.firmware.lpc;

import igdrom.bytes.Image;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.SectionHeader;
import java.util.ArrayList;
import java.util.List;

/// The parts of an executable that are code.
final class Code {
    /// Spec: PE/COFF, "Section Flags": IMAGE_SCN_MEM_EXECUTE.
    private static final long EXECUTE = 0x2000_0000L;

    private Code() {}

    /// One section of code.
    ///
    /// @param fileOffset of its bytes in the executable
    record Part(SectionHeader header, Image bytes, long fileOffset) {}

    static List<Part> of(Executable executable) {
        List<Part> parts = new ArrayList<>();
        for (SectionHeader section : executable.sections()) {
            if ((section.characteristics() & EXECUTE) != 0) {
                long at = section.pointerToRawData() - executable.stripped();
                parts.add(new Part(section, executable.data(section), at));
            }
        }
        return parts;
    }
}
