package igdrom.firmware.lpc;

import igdrom.bytes.Image;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.SectionHeader;
import java.util.ArrayList;
import java.util.List;

/// The code sections of an executable.
final class Code {
    /// A location in the code.
    ///
    /// @param at offset in the section's bytes
    record Hit(Part part, long at) {
        long fileOffset() {
            return part.fileOffset + at;
        }
    }

    private Code() {}

    /// One code section.
    ///
    /// @param fileOffset offset of its bytes in the executable
    record Part(SectionHeader header, Image bytes, long fileOffset) {}

    static List<Part> of(Executable executable) {
        List<Part> parts = new ArrayList<>();
        for (SectionHeader section : executable.sections()) {
            if (section.isExecutable()) {
                long at = section.pointerToRawData() - executable.stripped();
                parts.add(new Part(section, executable.data(section), at));
            }
        }
        return parts;
    }

    /// All occurrences of `bytes` in the code.
    static List<Hit> find(Executable executable, Image bytes) {
        List<Hit> hits = new ArrayList<>();
        for (Part part : of(executable)) {
            Image code = part.bytes;
            for (long at = code.indexOf(bytes, 0); at >= 0; at = code.indexOf(bytes, at + 1)) {
                hits.add(new Hit(part, at));
            }
        }
        return hits;
    }
}
