package igdrom.knowledge;

import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kind of PCH: a row of `pch.tsv`, known by the device ids of its LPC (eSPI) bridges.
///
/// @param first the first id
/// @param last the last id, inclusive
/// @param name the PCH's name, where it is public
/// @param gopMajors major versions of the GOPs that accept it, empty when none was seen to
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

    static Pch of(TsvTable.Row row) {
        List<Integer> majors = new ArrayList<>();
        String known = row.textOrNull(3);
        if (known != null) {
            for (String major : known.split(" ", -1)) {
                majors.add(Integer.valueOf(major));
            }
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
