package igdrom.knowledge;

import igdrom.bytes.Guid;

/// The usual name of firmware files with a GUID: a row of `gop-file-guids.tsv`. It is a hint only:
/// vendors use the same GUID for different things.
public record FileName(Guid guid, String name, Kind kind, String source, String checked) {
    /// The content of such files.
    public enum Kind {
        GOP,
        POLICY,
        VBT,
        CSM
    }

    static FileName of(TsvTable.Row row) {
        return new FileName(
                Guid.of(row.text(0)),
                row.text(1),
                switch (row.text(2)) {
                    case "gop" -> Kind.GOP;
                    case "policy" -> Kind.POLICY;
                    case "vbt" -> Kind.VBT;
                    case "csm" -> Kind.CSM;
                    default -> throw row.broken("\"" + row.text(2) + "\" is not a kind of file");
                },
                row.text(3),
                row.text(4));
    }
}
