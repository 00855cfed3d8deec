package igdrom.firmware;

import igdrom.formats.fv.FileType;
import java.util.Set;

/// The artifacts to look for in an image. Decompression takes most of the time, so sections that
/// cannot contain them are not decompressed.
public enum ArtifactFilter {
    EVERYTHING,
    /// GOP drivers only. [Contents] then lists no other artifacts, since the lists would be
    /// incomplete.
    GOPS;

    /// Types of files that run before or beside the drivers, or that users start. A GOP is a
    /// driver, or is in an option ROM or in a volume inside a file.
    private static final Set<FileType> WITHOUT_DRIVERS =
            Set.of(
                    FileType.SECURITY_CORE,
                    FileType.PEI_CORE,
                    FileType.DXE_CORE,
                    FileType.PEIM,
                    FileType.APPLICATION,
                    FileType.MM,
                    FileType.MM_CORE,
                    FileType.MM_STANDALONE,
                    FileType.MM_CORE_STANDALONE);

    /// Whether the compressed sections of a file of this type may contain such artifacts.
    boolean isIn(FileType type) {
        return switch (this) {
            case EVERYTHING -> true;
            case GOPS -> !WITHOUT_DRIVERS.contains(type);
        };
    }
}
