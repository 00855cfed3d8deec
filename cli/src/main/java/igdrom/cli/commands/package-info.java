/// The commands of igdrom.
///
/// [Commands][igdrom.cli.commands.Commands] finds the command that a command line names. Each
/// [Command][igdrom.cli.commands.Command] declares its options, turns their values into a request
/// to the library, and prints the result as text or JSON.
///
/// ```java
/// Console console = Console.ofProcess();
/// ExitCode code = Commands.run(List.of("inspect", "--json", "bios.bin"), console);
/// console.out().flush();
/// ```
///
/// Not here: logic that belongs in the library.
@NullMarked
package igdrom.cli.commands;

import org.jspecify.annotations.NullMarked;
