/// Definitions of virtual machines that igdrom changes, and what it needs to undo that.
///
/// A [Definition][igdrom.cli.definition.Definition] is a file or a domain that libvirt keeps.
/// [Change][igdrom.cli.definition.Change] replaces one together with the files that it needs
/// ([PlacedFiles][igdrom.cli.definition.PlacedFiles]) and with a
/// [Backup][igdrom.cli.definition.Backup], and undoes that. Everything that takes disk space is
/// complete before the first file gets its name, and the definition is last: whenever igdrom is
/// stopped, the definition is the old or the new one, and can be restored.
///
/// Not here: what is in a definition.
@NullMarked
package igdrom.cli.definition;

import org.jspecify.annotations.NullMarked;
