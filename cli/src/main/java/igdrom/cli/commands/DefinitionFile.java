package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.files.NewFile;
import igdrom.cli.files.NewFiles;
import igdrom.cli.files.OverwritePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/// A definition of a virtual machine that igdrom changes, with what it needs to undo that.
///
/// The backup has two files: `before`, and `after`, which shows whether somebody else has changed
/// the definition since. Both are complete before the definition is replaced.
///
/// @param file the definition
/// @param backup the directory of its backup
record DefinitionFile(Path file, Path backup) {
    private static final OverwritePolicy REPLACE = OverwritePolicy.ALWAYS;

    private Path before() {
        return backup.resolve("before");
    }

    private Path after() {
        return backup.resolve("after");
    }

    /// The text now, each byte a character.
    String text() {
        return text(file);
    }

    private static String text(Path path) {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, path + ": " + IoReason.of(e), e);
        }
    }

    /// Replaces the definition.
    ///
    /// @param old the text that the change is based on
    /// @throws Failure when it has another text by now, or cannot be written
    void change(String old, String changed) {
        try {
            Files.createDirectories(backup);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, backup + ": " + IoReason.of(e), e);
        }
        boolean ours = Files.exists(after()) && text(after()).equals(old);
        try (NewFiles files = new NewFiles()) {
            // After a second change the first definition is still what undoing restores.
            if (!ours || !Files.exists(before())) {
                files.add(new NewFile(before(), REPLACE), bytes(old));
            }
            files.add(new NewFile(after(), REPLACE), bytes(changed));
            files.finish();
        }
        if (!text().equals(old)) {
            throw new Failure(ExitCode.NO, file + ": somebody else changed it meanwhile");
        }
        write(changed);
    }

    /// Why the change cannot be undone, empty when it can.
    Optional<String> restoreProblem() {
        if (!Files.exists(before()) || !Files.exists(after())) {
            return Optional.of("igdrom has not changed it, or has undone that");
        }
        return text().equals(text(after())) || text().equals(text(before()))
                ? Optional.empty()
                : Optional.of("it was changed since; the definition from before is in " + before());
    }

    /// Restores the definition, and forgets the backup.
    ///
    /// @return the text that is restored
    String restore() {
        String old = text(before());
        if (!text().equals(old)) {
            write(old);
        }
        try {
            Files.delete(after());
            Files.delete(before());
            Files.delete(backup);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, backup + ": " + IoReason.of(e), e);
        }
        return old;
    }

    private void write(String changed) {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, file + ": " + IoReason.of(e), e);
        }
        new NewFile(file, REPLACE).write(bytes(changed));
        try {
            if (!Files.getPosixFilePermissions(file).equals(permissions)) {
                Files.setPosixFilePermissions(file, permissions);
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, file + ": " + IoReason.of(e), e);
        }
    }

    private static Image bytes(String text) {
        return Image.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
