package igdrom.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a bug report contains.
///
/// @param output the archive, null when it is not written
/// @param size of the archive
/// @param files in their order
/// @param tablesLeftOut whether the OpRegion or VBTs are known, and not in it
public record BundleReport(
        @Nullable String output, long size, List<BundledFile> files, boolean tablesLeftOut)
        implements Report {
    /// A file of the archive.
    ///
    /// @param size in bytes
    /// @param about what it says
    /// @param removed what was removed from it or left out, in words
    public record BundledFile(String name, long size, String about, List<String> removed) {
        public BundledFile {
            removed = List.copyOf(removed);
        }
    }

    public BundleReport {
        files = List.copyOf(files);
    }

    @Override
    public Answer answer() {
        return Answer.YES;
    }
}
