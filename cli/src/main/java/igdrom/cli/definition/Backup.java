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
import java.util.Optional;

/// The text of a definition from before igdrom changed it, and from afterwards, which shows whether
/// somebody else has changed it since.
///
/// @param directory with both, missing when there is no backup
record Backup(Path directory) {
    private static final int HASH_LENGTH = 12;

    /// A definition may contain a password.
    private static final FileMode PRIVATE = FileMode.of("rw-------");

    Path before() {
        return directory.resolve("before");
    }

    private Path after() {
        return directory.resolve("after");
    }

    /// A file name that ends in a hash of the identity, so that two identities never share a file.
    static String unique(String name, String identity) {
        Image bytes = Image.of(identity.getBytes(StandardCharsets.UTF_8));
        return name.replaceAll("[^\\w.-]", "_") + "-" + bytes.sha256().substring(0, HASH_LENGTH);
    }

    boolean exists() {
        return Files.exists(before()) && Files.exists(after());
    }

    /// Adds the texts to the files that change together. After a second change the first definition
    /// is still what undoing restores.
    void add(NewFiles files, String old, String changed) {
        directories(directory);
        if (!exists() || !DefinitionFile.text(after()).equals(old)) {
            files.add(file(before()), bytes(old), PRIVATE);
        }
        files.add(file(after()), bytes(changed), PRIVATE);
    }

    /// Notes how the hypervisor spells what it was given.
    void spelled(String now) {
        try (NewFiles files = new NewFiles()) {
            files.add(file(after()), bytes(now), PRIVATE);
            files.finish();
        }
    }

    /// Why the change cannot be undone, empty when it can.
    Optional<String> problem(String now) {
        if (!exists()) {
            return Optional.of("igdrom has not changed it, or has undone that");
        }
        boolean known =
                now.equals(DefinitionFile.text(after()))
                        || now.equals(DefinitionFile.text(before()));
        return known
                ? Optional.empty()
                : Optional.of("it was changed since; the definition from before is in " + before());
    }

    void remove() {
        try {
            Files.deleteIfExists(after());
            Files.deleteIfExists(before());
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, directory + ": " + IoReason.of(e), e);
        }
    }

    static NewFile file(Path path) {
        return new NewFile(path, OverwritePolicy.ALWAYS);
    }

    static Image bytes(String text) {
        return Image.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static void directories(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, directory + ": " + IoReason.of(e), e);
        }
    }
}
