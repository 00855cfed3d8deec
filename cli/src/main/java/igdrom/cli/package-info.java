/// The command line: options in, report out.
///
/// [Main][igdrom.cli.Main] is the entry point. The packages, each of which uses only those before
/// it: `output` (streams, terminal), `failure` (exit codes), `options` (what can be said), `files`
/// (what is read and written), `commands` (what is done).
///
/// ```java
/// Main.main(new String[] {"inspect", "bios.bin"});
/// ```
///
/// Not here: knowledge about firmware, GPUs or hypervisors.
@NullMarked
package igdrom.cli;

import org.jspecify.annotations.NullMarked;
