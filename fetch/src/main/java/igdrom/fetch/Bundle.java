package igdrom.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// Packages whose wanted files are extracted together into one directory, such as a program with
/// its libraries.
///
/// @param name of its directory, and for messages
/// @param withDependencies packages to fetch together with the libraries that they depend on
/// @param alone packages to fetch without their dependencies
/// @param files which files to extract, by paths such as `usr/bin/program`
/// @param maxBytes limit for all extracted files together
public record Bundle(
        String name,
        List<Relation> withDependencies,
        List<String> alone,
        Predicate<String> files,
        long maxBytes,
        Check check) {
    public Bundle {
        withDependencies = List.copyOf(withDependencies);
        alone = List.copyOf(alone);
    }

    /// Checks extracted files before they replace those of an earlier fetch.
    @FunctionalInterface
    public interface Check {
        /// The version of what was extracted.
        ///
        /// @throws ArchiveException when it does not work or is incomplete
        String version(Path directory, List<DebPackage> packages) throws IOException;
    }
}
