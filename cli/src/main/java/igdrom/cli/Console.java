package igdrom.cli;

import java.io.FileDescriptor;

/// Where a command writes: results to `out`, everything else to `err`.
record Console(Output out, Output err, Terminal terminal) {
    /// The process's own streams.
    static Console ofProcess() {
        Terminal terminal = Terminal.detect();
        boolean colour = terminal.colour();
        return new Console(
                Output.of(FileDescriptor.out, terminal.charset(), colour && terminal.stdout()),
                Output.of(FileDescriptor.err, terminal.charset(), colour && terminal.stderr()),
                terminal);
    }

    /// The same with colours switched on or off by the user.
    Console coloured(boolean colour) {
        return new Console(out.coloured(colour), err.coloured(colour), terminal);
    }
}
