package igdrom.cli.definition;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.files.FileMode;
import igdrom.cli.files.NewFile;
import igdrom.cli.files.NewFiles;
import igdrom.cli.files.OverwritePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A definition in a file.
///
/// @param file whose mode and owner stay
/// @param pidFiles that exist, with the number of a process, while the guest runs
/// @param live whether the processes of this machine are those that the files name
public record DefinitionFile(Path file, List<Path> pidFiles, boolean live) implements Definition {
    public DefinitionFile {
        pidFiles = List.copyOf(pidFiles);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public String backupName() {
        return Backup.unique(
                String.valueOf(file.getFileName()), file.toAbsolutePath().normalize().toString());
    }

    @Override
    public String text() {
        return text(file);
    }

    static String text(Path path) {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, path + ": " + IoReason.of(e), e);
        }
    }

    @Override
    public Optional<String> busy() {
        return pidFiles.stream().anyMatch(this::isRunning)
                ? Optional.of("the guest is running: shut it down first")
                : Optional.empty();
    }

    /// A hypervisor that was killed leaves its file behind.
    private boolean isRunning(Path pidFile) {
        if (!Files.exists(pidFile)) {
            return false;
        }
        String pid = text(pidFile).strip();
        boolean number = pid.matches("[0-9]{1,9}");
        return !live || !number || ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }

    @Override
    public Optional<Path> directory() {
        return Optional.ofNullable(file.toAbsolutePath().getParent());
    }

    @Override
    public void add(NewFiles files, String changed) {
        try {
            files.add(
                    new NewFile(file, OverwritePolicy.ALWAYS),
                    Image.of(changed.getBytes(StandardCharsets.ISO_8859_1)),
                    FileMode.like(file));
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, file + ": " + IoReason.of(e), e);
        }
    }

    @Override
    public void define(String changed) {
        // The file is the definition.
    }

    @Override
    public void restore(String old) {
        // The file is the definition.
    }
}
