package igdrom.cli.definition;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.files.FileMode;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.files.NewFiles;
import igdrom.cli.files.OverwritePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The record of a file that igdrom placed, in a directory of its own: `placed` with the hash and
/// the path, `replaced` with what was there before, `directories` that were made for it, and an
/// empty file for each guest that needs it.
record PlacedFile(Path record) {
    private static final String GUEST = "guest-";
    private static final String SEPARATOR = "  ";

    private Path placed() {
        return record.resolve("placed");
    }

    private Path replaced() {
        return record.resolve("replaced");
    }

    private Path directories() {
        return record.resolve("directories");
    }

    private Path guest(String guest) {
        return record.resolve(GUEST + guest);
    }

    boolean exists() {
        return Files.exists(placed());
    }

    boolean isFor(String guest) {
        return Files.exists(guest(guest));
    }

    /// Adds the file and its record to the files that change together.
    ///
    /// @param made gets the directories that were made for it
    void add(NewFiles files, NeededFile file, String guest, List<Path> made) {
        Backup.directories(record);
        files.add(Backup.file(guest(guest)), Image.EMPTY, FileMode.of("rw-r--r--"));
        if (file.isThere()) {
            return;
        }
        List<Path> missing = missingParents(file.path());
        if (!missing.isEmpty()) {
            made.addAll(missing);
            files.add(Backup.file(directories()), Backup.bytes(lines(missing)));
            Backup.directories(missing.getLast());
        }
        if (file.isTaken() && !isPlaced(file.path())) {
            Image before = Inputs.load(file.path());
            try {
                files.add(Backup.file(replaced()), before, FileMode.like(file.path()));
            } catch (IOException e) {
                throw new Failure(ExitCode.MACHINE, file.path() + ": " + IoReason.of(e), e);
            }
        }
        String line = file.content().sha256() + SEPARATOR + file.path().toAbsolutePath() + "\n";
        files.add(Backup.file(placed()), Backup.bytes(line));
        // A hook becomes executable under its name only: libvirt runs each file of its directory.
        files.add(
                new NewFile(file.path(), OverwritePolicy.ALWAYS),
                file.content(),
                FileMode.of("rw-r--r--"));
    }

    /// The directories that have to be made, the outermost first.
    private static List<Path> missingParents(Path file) {
        List<Path> missing = new ArrayList<>();
        for (Path at = file.toAbsolutePath().getParent();
                at != null && !Files.exists(at);
                at = at.getParent()) {
            missing.addFirst(at);
        }
        return missing;
    }

    private static String lines(List<Path> paths) {
        StringBuilder lines = new StringBuilder();
        paths.forEach(path -> lines.append(path).append('\n'));
        return lines.toString();
    }

    /// Whether the file at a path is still the one that igdrom placed.
    private boolean isPlaced(Path path) {
        return exists()
                && Files.isRegularFile(path)
                && DefinitionFile.text(placed()).startsWith(Inputs.load(path).sha256());
    }

    /// Undoes it for a guest.
    ///
    /// @return what was done, a sentence without a full stop; empty when it was never placed
    Optional<String> takeBack(String guest) throws IOException {
        Optional<String> done = Optional.empty();
        if (hasOthers(guest)) {
            done = Optional.of(path() + " stays: another guest needs it");
        } else {
            if (exists()) {
                NewFiles.removeStaleBeside(path());
                done = Optional.of(takeBack(path()));
            }
            for (Path left : List.of(placed(), replaced(), directories())) {
                Files.deleteIfExists(left);
            }
        }
        Files.deleteIfExists(guest(guest));
        NewFiles.removeStale(record);
        deleteIfEmpty(record);
        return done;
    }

    Path path() {
        String line = DefinitionFile.text(placed()).strip();
        return Path.of(line.substring(line.indexOf(SEPARATOR) + SEPARATOR.length()));
    }

    private boolean hasOthers(String guest) throws IOException {
        try (Stream<Path> inside = Files.list(record)) {
            return inside.map(each -> each.getFileName().toString())
                    .anyMatch(name -> name.startsWith(GUEST) && !name.equals(GUEST + guest));
        }
    }

    private String takeBack(Path path) throws IOException {
        if (Files.exists(path) && !isPlaced(path)) {
            return path + " stays: it is not the file that igdrom placed";
        }
        if (Files.exists(path) && Files.exists(replaced())) {
            try (NewFiles files = new NewFiles()) {
                files.add(
                        new NewFile(path, OverwritePolicy.ALWAYS),
                        Inputs.load(replaced()),
                        FileMode.like(replaced()));
                files.finish();
            }
            return path + " is the file from before";
        }
        Files.deleteIfExists(path);
        if (Files.exists(directories())) {
            for (String made : DefinitionFile.text(directories()).lines().toList().reversed()) {
                deleteIfEmpty(Path.of(made));
            }
        }
        return path + " removed";
    }

    static void deleteIfEmpty(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> inside = Files.list(directory)) {
                if (inside.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(directory);
        }
    }
}
