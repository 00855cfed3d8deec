package igdrom.firmware;

import igdrom.formats.fv.FileType;
import java.util.Set;

/// What somebody looks for in an image. Unpacking takes most of the time, so that not opening what
/// cannot hold it is worth asking.
public enum ArtifactFilter {
    EVERYTHING,
    /// GOP drivers alone: [Contents] lists no other finds, since they would not be complete.
    GOPS;

    /// Files that are started before or beside the drivers, or by the user. A GOP is a driver, or
    /// lies in an option ROM or a volume that is a file's data.
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

    /// Whether the packed sections of a file of this type may hold it.
    boolean isIn(FileType type) {
        return this == EVERYTHING || !WITHOUT_DRIVERS.contains(type);
    }
}
