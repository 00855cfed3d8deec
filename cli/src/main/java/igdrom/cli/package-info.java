/// The command line. [Main][igdrom.cli.Main] is the way in; every subcommand is a
/// [Command][igdrom.cli.Command] that turns options into a call of the library and its result into
/// text or JSON.
///
/// Not here: anything that could be asked of the library instead.
@NullMarked
package igdrom.cli;

import org.jspecify.annotations.NullMarked;
