package igdrom.cli.definition;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.Versions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The program with which users talk to libvirt.
///
/// @param uri of the libvirt that is asked
public record Virsh(String uri) {
    private static final String PROGRAM = "virsh";
    private static final int MAX_SECONDS = 120;
    private static final int MAX_OUTPUT = 4 << 20;

    /// What it prints, each byte a character.
    ///
    /// @throws Failure with its message when it fails
    String ask(String... arguments) {
        return run("", arguments);
    }

    /// The versions of libvirt and of the QEMU that it starts.
    public Versions versions() {
        String said = ask("version");
        return new Versions(
                version(said, "Running hypervisor: QEMU "),
                version(said, "Using library: libvirt "),
                null);
    }

    private static @Nullable ProgramVersion version(String said, String start) {
        return said.lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .flatMap(line -> ProgramVersion.in(line.substring(start.length())))
                .orElse(null);
    }

    /// Makes a text the definition of its domain, after it was checked against libvirt's schema.
    void define(String text) {
        run(text, "define", "--validate", "/dev/stdin");
    }

    /// Makes a text the definition of its domain, which it was before.
    void restore(String text) {
        run(text, "define", "/dev/stdin");
    }

    private String run(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-c", uri));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.MACHINE,
                    PROGRAM
                            + " cannot be started: install libvirt-clients, or change the XML in a"
                            + " file",
                    e);
        }
        CompletableFuture<?> _ =
                process.onExit()
                        .orTimeout(MAX_SECONDS, TimeUnit.SECONDS)
                        .exceptionally(_ -> process.destroyForcibly());
        CompletableFuture<String> complaint = CompletableFuture.supplyAsync(() -> error(process));
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            // It has ended without reading, and its exit code says why.
        }
        try {
            byte[] printed = process.getInputStream().readNBytes(MAX_OUTPUT);
            String said = complaint.get();
            if (process.waitFor() != 0) {
                throw new Failure(
                        ExitCode.MACHINE, PROGRAM + " " + arguments[0] + ": " + firstLine(said));
            }
            return new String(printed, StandardCharsets.ISO_8859_1);
        } catch (IOException | ExecutionException e) {
            throw new Failure(ExitCode.MACHINE, PROGRAM + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "interrupted", e);
        }
    }

    private static String error(Process process) {
        try {
            byte[] said = process.getErrorStream().readNBytes(MAX_OUTPUT);
            return new String(said, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("^error: ", "").strip())
                .filter(line -> !line.isEmpty())
                .reduce((first, second) -> first + "; " + second)
                .orElse("failed without a message");
    }
}
