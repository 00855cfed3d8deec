package igdrom.bench.debian;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/// One entry of a `tar` archive, as far as it matters here, at a path that leads nowhere else.
///
/// @param path from the archive's root, without a slash at either end; empty is the root
/// @param target of a link
record TarEntry(Kind kind, String path, String target, long size, boolean executable) {
    enum Kind {
        FILE,
        FOLDER,
        SYMLINK,
        HARD_LINK
    }

    static TarEntry of(TarArchiveEntry entry) throws KnownTar.RefusedException {
        if (!entry.isCheckSumOK()) {
            throw new KnownTar.RefusedException("chksum is not the header's sum");
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
        return entry.isDirectory() ? Kind.FOLDER : Kind.FILE;
    }

    /// Without a leading `./` and a trailing slash; never out of where it is unpacked.
    private static String clean(String path) throws KnownTar.RefusedException {
        String clean = path.startsWith("./") ? path.substring(2) : path;
        clean = clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
        if (clean.isEmpty() || clean.equals(".")) {
            return "";
        }
        for (String part : clean.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf(0) >= 0) {
                throw new KnownTar.RefusedException("the path '" + path + "' leads elsewhere");
            }
        }
        return clean;
    }
}
