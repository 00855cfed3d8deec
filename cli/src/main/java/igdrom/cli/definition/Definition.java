package igdrom.cli.definition;

import igdrom.cli.files.NewFiles;
import java.nio.file.Path;
import java.util.Optional;

/// A definition of a virtual machine where its hypervisor keeps it.
public sealed interface Definition permits DefinitionFile, LibvirtDomain {
    /// How messages name it.
    String name();

    /// A name for its backup that no other definition has.
    String backupName();

    /// The text now, each byte a character.
    String text();

    /// Why its hypervisor would not take a change now, empty when it would.
    Optional<String> busy();

    /// The directory that [#add] writes to, empty for none.
    Optional<Path> directory();

    /// Adds its new text to the files that change together, where it is a file.
    void add(NewFiles files, String changed);

    /// Hands the new text to its hypervisor, where that keeps it.
    void define(String changed);

    /// Hands a text that it had before to its hypervisor, where that keeps it.
    void restore(String old);
}
