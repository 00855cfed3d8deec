package igdrom.firmware;

import igdrom.formats.fv.FileType;

/// What somebody looks for in an image. Unpacking takes most of the time, so that not opening what
/// cannot hold it is worth asking.
public enum Wanted {
    EVERYTHING,
    /// GOP drivers alone: [Contents] lists no other finds, since they would not be complete.
    GOPS;

    /// Whether the packed sections of a file of this type may hold it. A GOP is a driver, or lies
    /// in an option ROM or a volume that is a file's data.
    boolean isIn(FileType type) {
        if (this == EVERYTHING) {
            return true;
        }
        return switch (type) {
            case RAW,
                    FREEFORM,
                    DRIVER,
                    COMBINED_PEIM_DRIVER,
                    FIRMWARE_VOLUME_IMAGE,
                    COMBINED_MM_DXE,
                    PAD,
                    UNKNOWN ->
                    true;
            case SECURITY_CORE,
                    PEI_CORE,
                    DXE_CORE,
                    PEIM,
                    APPLICATION,
                    MM,
                    MM_CORE,
                    MM_STANDALONE,
                    MM_CORE_STANDALONE ->
                    false;
        };
    }
}
