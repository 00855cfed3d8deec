/// What the command line can say: every option with its type and its help, and what the user gave.
///
/// [Options][igdrom.cli.options.Options] declares every option once; the name of an option is a
/// literal there and nowhere else, and messages spell it by the constant. A command lists those
/// that it takes in a [CommandSyntax][igdrom.cli.options.CommandSyntax], from which picocli parses
/// the command line and the help is written, by the group of each option. The command sees typed
/// values, [Arguments][igdrom.cli.options.Arguments]. An option for a file that the command reads
/// has the type `INPUT_FILE`, which keeps `--force` from replacing that file.
///
/// ```java
/// CommandSyntax syntax =
///         CommandSyntax.of("Check an option ROM")
///                 .operands(Operands.files("ROM", "1..*", "The option ROM."))
///                 .options(Options.DEVICE, Options.JSON)
///                 .examples("igdrom verify --device 8086:a780 igd.rom");
/// CommandParser parser = new CommandParser(Map.of("verify", syntax));
/// if (parser.parse(List.of("verify", "igd.rom")) instanceof Invocation.Run run) {
///     Optional<DeviceId> device = run.arguments().get(Options.DEVICE);
/// }
/// ```
///
/// Not here: what commands do with the values.
@NullMarked
package igdrom.cli.options;

import org.jspecify.annotations.NullMarked;
