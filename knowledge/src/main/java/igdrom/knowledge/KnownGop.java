package igdrom.knowledge;

import igdrom.bytes.Guid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A GOP driver that was seen in public: a row of `gops.tsv`.
///
/// @param sha256 over headers and sections, in lower-case hexadecimal
/// @param size of headers and sections
/// @param arch `X64` or `IA32`
/// @param version `21.0.1066`; null where only the hash is known
/// @param ids the number of device ids in its table; null where only the hash is known
/// @param platforms whose devices it lists; empty where only the hash is known
/// @param fileGuid GUID of the file that it was found in
/// @param uiName name of that file
public record KnownGop(
        String sha256,
        int size,
        String arch,
        @Nullable String version,
        @Nullable Integer ids,
        List<String> platforms,
        @Nullable Guid fileGuid,
        @Nullable String uiName,
        @Nullable String note,
        String source,
        String checked) {
    public KnownGop {
        platforms = List.copyOf(platforms);
    }

    static KnownGop of(TsvTable.Row row) {
        boolean complete = row.numberOrNull(5) != null;
        String guid = row.textOrNull(8);
        String platforms = row.textOrNull(7);
        return new KnownGop(
                row.text(0),
                row.number(1),
                row.text(2),
                complete ? row.number(3) + "." + row.number(4) + "." + row.number(5) : null,
                row.numberOrNull(6),
                platforms == null ? List.of() : List.of(platforms.split(" ", -1)),
                guid == null ? null : Guid.of(guid),
                row.textOrNull(9),
                row.textOrNull(10),
                row.text(11),
                row.text(12));
    }
}
