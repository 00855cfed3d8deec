package igdrom.knowledge;

import igdrom.bytes.Guid;

/// What a firmware file with this GUID is usually called: a row of `gop-file-guids.tsv`. A hint:
/// the same GUID is used for different things by different vendors.
public record FileName(Guid guid, String name, Kind kind, String source, String checked) {
    /// What is in such files.
    public enum Kind {
        GOP,
        POLICY,
        VBT,
        CSM
    }

    static FileName of(Tsv.Row row) {
        return new FileName(
                Guid.of(row.text(0)),
                row.text(1),
                switch (row.text(2)) {
                    case "gop" -> Kind.GOP;
                    case "policy" -> Kind.POLICY;
                    case "vbt" -> Kind.VBT;
                    case "csm" -> Kind.CSM;
                    default -> throw row.broken("\"" + row.text(2) + "\" is no kind of file");
                },
                row.text(3),
                row.text(4));
    }
}
