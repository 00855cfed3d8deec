package igdrom.knowledge;

import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The device ids that the LPC (eSPI) bridges of a kind of PCH have.
///
/// @param first of the ids
/// @param last the last id, one of them
/// @param name the PCH's, where it is public
/// @param gopMajors the major versions of the GOPs that know it
public record Pch(
        int first,
        int last,
        @Nullable String name,
        List<Integer> gopMajors,
        String source,
        String checked) {
    public Pch {
        gopMajors = List.copyOf(gopMajors);
    }

    static Pch of(Tsv.Row row) {
        List<Integer> majors = new ArrayList<>();
        for (String major : row.text(3).split(" ", -1)) {
            majors.add(Integer.valueOf(major));
        }
        return new Pch(
                HexFormat.fromHexDigits(row.text(0)),
                HexFormat.fromHexDigits(row.text(1)),
                row.textOrNull(2),
                majors,
                row.text(4),
                row.text(5));
    }

    public boolean contains(PciId bridge) {
        return bridge.isIntel(first, last);
    }
}
