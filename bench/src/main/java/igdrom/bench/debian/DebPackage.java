package igdrom.bench.debian;

import java.util.ArrayList;
import java.util.List;

/// One package in an index.
///
/// @param depends the fields Pre-Depends and Depends, as they stand
/// @param file where the `.deb` is in the archive
/// @param installed about how many bytes its files are
public record DebPackage(
        String name,
        DebVersion version,
        String section,
        String depends,
        String provides,
        String file,
        Release.Sum sum,
        long installed) {
    static DebPackage of(Stanza stanza, String what) throws UntrustedException {
        String name = stanza.get("Package");
        String file = stanza.get("Filename");
        String sha256 = stanza.get("SHA256");
        if (name.isEmpty() || !isSafe(file) || !isSum(sha256)) {
            throw new UntrustedException(
                    what, "package '" + name + "' has the file '" + file + "' of '" + sha256 + "'");
        }
        String kib = stanza.get("Installed-Size");
        return new DebPackage(
                name,
                new DebVersion(stanza.get("Version")),
                stanza.get("Section"),
                stanza.get("Pre-Depends") + "," + stanza.get("Depends"),
                stanza.get("Provides"),
                file,
                new Release.Sum(Release.number(stanza.get("Size"), what), sha256),
                kib.isEmpty() ? 0 : Release.number(kib, what) * 1024);
    }

    /// A library is needed for what it is, and a kernel by the package that only names it. A
    /// program may be needed for the installation alone.
    boolean runsWithOthers() {
        return section.equals("libs") || section.equals("oldlibs") || section.equals("kernel");
    }

    List<List<Relation>> needs() {
        return Relation.groups(depends);
    }

    /// Other names it goes by. One without a version satisfies only who asks for none.
    List<Relation> names() {
        List<Relation> names = new ArrayList<>();
        Relation.groups(provides).forEach(names::addAll);
        return names;
    }

    /// What the file is kept as while others are fetched.
    public String fileName() {
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

    private static boolean isSum(String sha256) {
        boolean hex = sha256.length() == 64;
        for (int i = 0; i < sha256.length(); i++) {
            hex &= Character.digit(sha256.charAt(i), 16) >= 0;
        }
        return hex;
    }
}
