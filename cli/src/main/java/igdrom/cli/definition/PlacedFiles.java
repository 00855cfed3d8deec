package igdrom.cli.definition;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.files.FileMode;
import igdrom.cli.files.NewFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files that igdrom places on a host for a guest. Guests may share one, such as the ROM.
///
/// @param directory of the records
/// @param guest a name that no other guest has
record PlacedFiles(Path directory, String guest) {
    private PlacedFile record(NeededFile file) {
        Path path = file.path().toAbsolutePath().normalize();
        return new PlacedFile(
                directory.resolve(
                        Backup.unique(String.valueOf(path.getFileName()), path.toString())));
    }

    /// Adds those that are missing to the files that change together. A file that somebody else has
    /// placed is left to him.
    ///
    /// @param made gets the directories that were made for them
    void add(NewFiles files, List<NeededFile> needed, List<Path> made) throws IOException {
        for (NeededFile file : needed) {
            PlacedFile record = record(file);
            if (!file.isThere() || (record.exists() && !record.isFor(guest))) {
                NewFiles.removeStaleBeside(file.path());
                record.add(files, file, guest, made);
            }
        }
    }

    /// Whether [#add] would add nothing, and scripts are executable.
    boolean isComplete(List<NeededFile> needed) {
        return needed.stream()
                .allMatch(file ->
                        file.isUsable() && (!record(file).exists() || record(file).isFor(guest)));
    }

    /// Makes the scripts executable that have their names.
    void makeExecutable(List<NeededFile> needed) throws IOException {
        for (NeededFile file : needed) {
            if (!file.isUsable()) {
                Files.setPosixFilePermissions(file.path(), FileMode.of("rwxr-xr-x").permissions());
            }
        }
    }

    /// Removes those that no other guest needs.
    ///
    /// @return what was done, sentences without full stops
    List<String> takeBack() {
        List<String> done = new ArrayList<>();
        try {
            for (Path record : records()) {
                PlacedFile file = new PlacedFile(record);
                if (file.isFor(guest)) {
                    file.takeBack(guest).ifPresent(done::add);
                }
                NewFiles.removeStale(record);
                PlacedFile.deleteIfEmpty(record);
            }
            PlacedFile.deleteIfEmpty(directory);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, directory + ": " + IoReason.of(e), e);
        }
        return done;
    }

    private List<Path> records() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> records = Files.list(directory)) {
            return records.sorted().toList();
        }
    }
}
