package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import java.util.ArrayList;
import java.util.List;

/// Reading what PE and TE have in common.
final class SectionTable {
    private SectionTable() {}

    /// Reads `count` headers and checks that the bytes of each section are there.
    ///
    /// @param stripped what is to be taken off each PointerToRawData
    static List<SectionHeader> read(Cursor in, int count, long stripped, Diagnostics diagnostics) {
        long table = in.position();
        long headersEnd = table + (long) SectionHeader.BYTES * count;
        if (headersEnd > in.image().size()) {
            throw in.malformed(
                    String.format(
                            "NumberOfSections is %d, there is room for %d",
                            count, in.remaining() / SectionHeader.BYTES));
        }
        List<SectionHeader> sections = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long at = in.position();
            SectionHeader section = SectionHeader.read(in);
            check(in, at, section, stripped, headersEnd, diagnostics);
            sections.add(section);
        }
        return sections;
    }

    private static void check(
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
                    String.format(
                            "section \"%s\" has 0x%x bytes from 0x%x, less 0x%x of headers, the"
                                    + " image ends at 0x%x (PE/COFF, \"Section Table\")",
                            section.name(),
                            section.sizeOfRawData(),
                            section.pointerToRawData(),
                            stripped,
                            in.image().size()));
        }
        if (start < headersEnd) {
            diagnostics.add(
                    Diagnostic.odd(
                            in.location(),
                            at,
                            "section \"" + section.name() + "\" starts inside the headers"));
        }
    }

    static long end(List<SectionHeader> sections, long stripped, long headersEnd) {
        long end = headersEnd;
        for (SectionHeader section : sections) {
            end = Math.max(end, section.rawEnd() - stripped);
        }
        return end;
    }
}
