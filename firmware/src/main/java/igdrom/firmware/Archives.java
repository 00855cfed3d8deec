package igdrom.firmware;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.List;
import java.util.Optional;

/// Archives that firmware is downloaded in, and that a user has to extract first.
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

    /// Archives that installers append to their program, with the constant part of their headers.
    private static final List<Archive> IN_PROGRAMS =
            List.of(
                    new Archive("7-Zip", Image.ofHex("377abcaf271c00")),
                    new Archive("RAR", Image.ofHex("526172211a07")),
                    // Source: platomav/BIOSUtilities 70c3a08, insyde_ifd_extract.py.
                    new Archive("scrambled 7-Zip", Image.ofHex("210d0a6ef4795f4e")));

    private Archives() {}

    /// Reports an archive inside a program in which nothing was found.
    static Optional<Diagnostic> inside(Image program, Location location) {
        for (Archive archive : IN_PROGRAMS) {
            long at = program.indexOf(archive.signature, 1);
            if (at >= 0) {
                String problem =
                        "a %s archive begins here: extract it first, the firmware may be in it"
                                .formatted(archive.name);
                return Optional.of(Diagnostic.odd(location, at, problem));
            }
        }
        return Optional.empty();
    }

    /// The name of the archive format of a file, if it is an archive.
    public static Optional<String> nameOf(Image file) {
        for (Archive archive : KNOWN) {
            if (file.startsWith(archive.signature)) {
                return Optional.of(archive.name);
            }
        }
        return Optional.empty();
    }
}
