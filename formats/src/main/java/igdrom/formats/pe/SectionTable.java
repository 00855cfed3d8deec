package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import java.util.ArrayList;
import java.util.List;

/// The section table, which PE and TE images share.
final class SectionTable {
    private SectionTable() {}

    /// Reads `count` headers and checks that the image contains the data of each section.
    ///
    /// @param stripped see [Executable#stripped]
    static List<SectionHeader> read(Cursor in, int count, long stripped, Diagnostics diagnostics) {
        long table = in.position();
        long headersEnd = table + (long) SectionHeader.BYTES * count;
        if (headersEnd > in.image().size()) {
            throw in.malformed(
                    "NumberOfSections is %d, there is room for %d",
                    count, in.remaining() / SectionHeader.BYTES);
        }
        List<SectionHeader> sections = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long at = in.position();
            SectionHeader section = SectionHeader.read(in);
            checkData(in, at, section, stripped, headersEnd, diagnostics);
            sections.add(section);
        }
        return sections;
    }

    private static void checkData(
            Cursor in,
            long at,
            SectionHeader section,
            long stripped,
            long headersEnd,
            Diagnostics diagnostics) {
        if (section.sizeOfRawData() == 0) {
            return;
        }
        long start = section.pointerToRawData() - stripped;
        if (start < 0 || section.rawEnd() - stripped > in.image().size()) {
            throw in.malformed(
                    at,
                    "section \"%s\" has 0x%x bytes at 0x%x minus 0x%x stripped, the image ends at"
                            + " 0x%x (PE/COFF, \"Section Table\")",
                    section.name(),
                    section.sizeOfRawData(),
                    section.pointerToRawData(),
                    stripped,
                    in.image().size());
        }
        if (start < headersEnd) {
            diagnostics.odd(
                    in.location(), at, "section \"%s\" starts inside the headers", section.name());
        }
    }

    /// The file offset at which headers and sections end.
    static long end(List<SectionHeader> sections, long stripped, long headersEnd) {
        long end = headersEnd;
        for (SectionHeader section : sections) {
            end = Math.max(end, section.rawEnd() - stripped);
        }
        return end;
    }
}
