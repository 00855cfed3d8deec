package igdrom.cli.definition;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.files.NewFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Changes a definition with the files that it needs, and undoes that.
public final class Change {
    private final Definition definition;
    private final Backup backup;
    private final PlacedFiles placed;

    /// @param state the directory of igdrom's backups
    public Change(Definition definition, Path state) {
        this.definition = definition;
        this.backup = new Backup(state.resolve(definition.backupName()));
        this.placed = new PlacedFiles(state.resolve("files"), definition.backupName());
    }

    /// Where the definition from before the first change is.
    public Path before() {
        return backup.before();
    }

    /// The needed files at whose paths there are other ones.
    public static List<Path> taken(List<NeededFile> needed) {
        return needed.stream().filter(NeededFile::isTaken).map(NeededFile::path).toList();
    }

    /// The needed files that are not at their paths.
    public static List<Path> missing(List<NeededFile> needed) {
        return needed.stream().filter(file -> !file.isThere()).map(NeededFile::path).toList();
    }

    /// Whether a definition and its files are as wanted.
    public boolean isDone(String old, String changed, List<NeededFile> needed) {
        return old.equals(changed) && placed.isComplete(needed);
    }

    /// Replaces the definition, and places the files that it needs.
    ///
    /// @param old the text that the change is based on
    /// @throws Failure when it has another text by now, or something cannot be written; then
    ///   nothing has changed
    public void apply(String old, String changed, List<NeededFile> needed) {
        boolean first = !backup.exists();
        List<Path> made = new ArrayList<>();
        try {
            removeStale();
            try (NewFiles files = new NewFiles()) {
                backup.add(files, old, changed);
                placed.add(files, needed, made);
                if (!old.equals(changed)) {
                    definition.add(files, changed);
                }
                if (!definition.text().equals(old)) {
                    throw new Failure(
                            ExitCode.NO,
                            definition.name() + ": somebody else changed it meanwhile");
                }
                files.finish();
            }
            placed.makeExecutable(needed);
            if (!old.equals(changed)) {
                definition.define(changed);
            }
        } catch (Failure e) {
            undo(first, made);
            throw e;
        } catch (IOException e) {
            undo(first, made);
            throw new Failure(ExitCode.MACHINE, definition.name() + ": " + IoReason.of(e), e);
        }
        String now = definition.text();
        if (!now.equals(changed)) {
            backup.spelled(now);
        }
    }

    private void removeStale() throws IOException {
        NewFiles.removeStale(backup.directory());
        Optional<Path> directory = definition.directory();
        if (directory.isPresent()) {
            NewFiles.removeStale(directory.get());
        }
    }

    /// After a failure: what an earlier change placed stays.
    private void undo(boolean first, List<Path> made) {
        if (first) {
            placed.takeBack();
            backup.remove();
        }
        try {
            for (Path directory : made.reversed()) {
                PlacedFile.deleteIfEmpty(directory);
            }
        } catch (IOException _) {
            // The failure itself is reported.
        }
    }

    /// Why the change cannot be undone, empty when it can.
    public Optional<String> problem(String now) {
        return backup.problem(now);
    }

    /// The text that [#rollback] restores.
    public String old() {
        return DefinitionFile.text(backup.before());
    }

    /// Restores the definition, takes back what was placed for it, and forgets the backup.
    ///
    /// @return what became of the files, sentences without full stops
    public List<String> rollback(String now) {
        String old = old();
        try {
            removeStale();
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, definition.name() + ": " + IoReason.of(e), e);
        }
        if (!now.equals(old)) {
            try (NewFiles files = new NewFiles()) {
                definition.add(files, old);
                files.finish();
            }
            definition.restore(old);
            if (!definition.text().equals(old)) {
                throw new Failure(
                        ExitCode.MACHINE,
                        definition.name()
                                + ": the hypervisor restored it with differences; the definition"
                                + " from before is in "
                                + before());
            }
        }
        List<String> done = placed.takeBack();
        backup.remove();
        return done;
    }
}
