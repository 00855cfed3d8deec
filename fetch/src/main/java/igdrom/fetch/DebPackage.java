package igdrom.fetch;

import java.util.ArrayList;
import java.util.List;

/// A package as an index lists it.
///
/// @param depends the fields Pre-Depends and Depends, unparsed
/// @param provides the field Provides, unparsed
/// @param file path of the `.deb` in the archive
/// @param sum size and SHA-256 of the `.deb`
/// @param installed approximate size of its extracted files, in bytes
public record DebPackage(
        String name,
        DebVersion version,
        String section,
        String depends,
        String provides,
        String file,
        Checksum sum,
        long installed) {
    static DebPackage of(Stanza stanza, String location) throws UntrustedException {
        String name = stanza.get("Package");
        String file = stanza.get("Filename");
        String sha256 = stanza.get("SHA256");
        if (name.isEmpty() || !isSafe(file) || !isSha256(sha256)) {
            throw new UntrustedException(
                    location,
                    "invalid entry: Package '%s', Filename '%s', SHA256 '%s'"
                            .formatted(name, file, sha256));
        }
        String kib = stanza.get("Installed-Size");
        return new DebPackage(
                name,
                new DebVersion(stanza.get("Version")),
                stanza.get("Section"),
                stanza.get("Pre-Depends") + "," + stanza.get("Depends"),
                stanza.get("Provides"),
                file,
                new Checksum(Release.number(stanza.get("Size"), location), sha256),
                kib.isEmpty() ? 0 : Release.number(kib, location) * 1024);
    }

    /// Whether a package that depends on this one needs it to run: a library, or the kernel that
    /// `linux-image-amd64` only refers to. Other dependencies may serve the installation alone.
    boolean isLibrary() {
        return section.equals("libs") || section.equals("oldlibs") || section.equals("kernel");
    }

    List<List<Relation>> dependencies() {
        return Relation.groups(depends);
    }

    /// The package names in Provides. One without a version satisfies only a dependency without
    /// one.
    List<Relation> provided() {
        List<Relation> names = new ArrayList<>();
        Relation.groups(provides).forEach(names::addAll);
        return names;
    }

    /// The name of the downloaded file.
    String fileName() {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return name + " " + version.text();
    }

    private static boolean isSafe(String file) {
        for (String part : file.split("/", -1)) {
            if (part.isEmpty() || part.startsWith(".")) {
                return false;
            }
        }
        return file.endsWith(".deb");
    }

    private static boolean isSha256(String sha256) {
        boolean hex = sha256.length() == 64;
        for (int i = 0; i < sha256.length(); i++) {
            hex &= Character.digit(sha256.charAt(i), 16) >= 0;
        }
        return hex;
    }
}
