package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.host.Fact;
import igdrom.host.text.TextFile;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program that prints the kernel's log. Other programs do this, since a reader of `/dev/kmsg`
/// waits for the next message.
///
/// Source: util-linux, dmesg(1); systemd, journalctl(1).
enum LogProgram {
    DMESG("dmesg", ""),
    /// The messages of the kernel since boot, without time and host.
    JOURNAL("journalctl", "-k -b -q -o cat");

    private static final List<String> DIRECTORIES =
            List.of("/usr/bin/", "/bin/", "/run/current-system/sw/bin/");
    private static final int MAX_SECONDS = 5;

    private final String program;
    private final String arguments;

    LogProgram(String program, String arguments) {
        this.program = program;
        this.arguments = arguments;
    }

    /// What it prints. It is ended when it takes too long.
    Fact<Image> output() {
        Optional<String> path =
                DIRECTORIES.stream()
                        .map(directory -> directory + program)
                        .filter(file -> new File(file).canExecute())
                        .findFirst();
        if (path.isEmpty()) {
            return new Fact.Unknown<>(program, "is not installed");
        }
        List<String> command = new ArrayList<>(List.of(path.get()));
        if (!arguments.isEmpty()) {
            command.addAll(List.of(arguments.split(" ", -1)));
        }
        try {
            return output(command);
        } catch (IOException e) {
            return new Fact.Unknown<>(program, String.valueOf(e.getMessage()));
        }
    }

    private Fact<Image> output(List<String> command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        CompletableFuture<?> _ =
                process.onExit()
                        .orTimeout(MAX_SECONDS, TimeUnit.SECONDS)
                        .exceptionally(_ -> process.destroyForcibly());
        byte[] printed = process.getInputStream().readNBytes(TextFile.MAX_SIZE);
        process.destroy();
        return printed.length == 0
                ? new Fact.Unknown<>(program, "shows this user nothing (root can read the log)")
                : new Fact.Known<>(Image.of(printed), program);
    }
}
