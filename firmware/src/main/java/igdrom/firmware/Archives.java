package igdrom.firmware;

import igdrom.bytes.Image;
import java.util.List;
import java.util.Optional;

/// Archives that firmware is downloaded in, and which a user has to open first.
public final class Archives {
    private record Archive(String name, Image signature) {}

    private static final List<Archive> KNOWN =
            List.of(
                    new Archive("ZIP", Image.ofHex("504b0304")),
                    new Archive("7-Zip", Image.ofHex("377abcaf271c")),
                    new Archive("RAR", Image.ofHex("526172211a07")),
                    new Archive("gzip", Image.ofHex("1f8b08")),
                    new Archive("xz", Image.ofHex("fd377a585a00")),
                    new Archive("bzip2", Image.ofHex("425a68")),
                    new Archive("Zstandard", Image.ofHex("28b52ffd")),
                    new Archive("cabinet", Image.ofAscii("MSCF")));

    private Archives() {}

    /// What kind of archive a file is, if it is one.
    public static Optional<String> nameOf(Image file) {
        for (Archive archive : KNOWN) {
            if (file.startsWith(archive.signature)) {
                return Optional.of(archive.name);
            }
        }
        return Optional.empty();
    }
}
