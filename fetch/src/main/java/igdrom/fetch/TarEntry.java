package igdrom.fetch;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/// An entry of a `tar` archive, with a path that stays below the directory it is extracted to.
///
/// @param path without a leading or trailing slash; empty for the root directory
/// @param target of a link
/// @param size in bytes; 0 unless the entry is a file
record TarEntry(Kind kind, String path, String target, long size, boolean executable) {
    enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARD_LINK
    }

    static TarEntry of(TarArchiveEntry entry) throws RestrictedTar.RefusedException {
        if (!entry.isCheckSumOK()) {
            throw new RestrictedTar.RefusedException("chksum does not match the header");
        }
        Kind kind = kind(entry);
        return new TarEntry(
                kind,
                clean(entry.getName()),
                entry.getLinkName(),
                kind == Kind.FILE ? entry.getSize() : 0,
                (entry.getMode() & 0100) != 0);
    }

    private static Kind kind(TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return Kind.SYMLINK;
        }
        if (entry.isLink()) {
            return Kind.HARD_LINK;
        }
        return entry.isDirectory() ? Kind.DIRECTORY : Kind.FILE;
    }

    /// Removes a leading `./` and a trailing slash; refuses a path that could lead elsewhere.
    private static String clean(String path) throws RestrictedTar.RefusedException {
        String clean = path.startsWith("./") ? path.substring(2) : path;
        clean = clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
        if (clean.isEmpty() || clean.equals(".")) {
            return "";
        }
        for (String part : clean.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf(0) >= 0) {
                throw new RestrictedTar.RefusedException("path '" + path + "' leads elsewhere");
            }
        }
        return clean;
    }
}
