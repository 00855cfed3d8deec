/// Where text goes: standard output and standard error, the terminal, colours and progress.
///
/// A command gets a [Console][igdrom.cli.output.Console] and prints to its
/// [Output][igdrom.cli.output.Output]s, which escape what a terminal would obey.
///
/// ```java
/// Console console = Console.ofProcess();
/// try (Progress _ = Progress.reading(console, "bios.bin")) {
///     console.out().styled(Style.STRONG, "bios.bin").line(": 8 MiB");
/// }
/// ```
///
/// Not here: what is printed.
@NullMarked
package igdrom.cli.output;

import org.jspecify.annotations.NullMarked;
