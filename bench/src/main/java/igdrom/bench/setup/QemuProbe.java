package igdrom.bench.setup;

import igdrom.fetch.DebVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a QEMU to learn its version and whether it can host the virtual IGD.
final class QemuProbe {
    private static final String DEVICE = "vfio-user-pci";
    private static final String VERSION = "version ";
    private static final int TIMEOUT_SECONDS = 30;
    private static final int MAX_OUTPUT_BYTES = 1 << 20;

    private QemuProbe() {}

    /// Adds a QEMU to the usable ones or, with the reason, to the refused ones.
    static void judge(Qemu qemu, String origin, List<Qemu> usable, List<Refusal> refused)
            throws IOException {
        try {
            usable.add(qemu.withVersion(version(qemu)));
        } catch (UnfitException e) {
            refused.add(new Refusal(origin, e.reason()));
        }
    }

    /// The version of a QEMU.
    ///
    /// @throws UnfitException when it does not run, is too old or lacks vfio-user-pci
    static String version(Qemu qemu) throws IOException, UnfitException {
        Answer answer = ask(qemu, "--version");
        answer.requireSuccess();
        String output = answer.text();
        int start = output.indexOf(VERSION);
        if (start < 0) {
            throw new UnfitException("does not print its version");
        }
        int end = start + VERSION.length();
        while (end < output.length() && "0123456789.".indexOf(output.charAt(end)) >= 0) {
            end++;
        }
        String version = output.substring(start + VERSION.length(), end);
        if (new DebVersion(version).compareTo(new DebVersion(Tools.MIN_QEMU_VERSION)) < 0) {
            throw new UnfitException(
                    "is version " + version + ", the minimum is " + Tools.MIN_QEMU_VERSION);
        }
        // Asks for this device only: to list all devices, QEMU loads every module it finds, also
        // those of another QEMU.
        Answer device = ask(qemu, "-machine", "none", "-device", DEVICE + ",help");
        if (device.text().contains("'" + DEVICE + "' not found")) {
            throw new UnfitException("was built without the device " + DEVICE);
        }
        device.requireSuccess();
        return version;
    }

    /// Whether a guest of a QEMU runs with KVM. That `/dev/kvm` is there does not show it.
    static boolean runsKvm(Qemu qemu) {
        try {
            Answer answer =
                    ask(
                            qemu,
                            "quit\n",
                            List.of(
                                    "-machine",
                                    "none",
                                    "-accel",
                                    "kvm",
                                    "-nodefaults",
                                    "-display",
                                    "none",
                                    "-monitor",
                                    "stdio"));
            return answer.code() == 0;
        } catch (UnfitException _) {
            return false;
        }
    }

    private static Answer ask(Qemu qemu, String... arguments) throws UnfitException {
        return ask(qemu, "", List.of(arguments));
    }

    /// @param input what QEMU reads from its standard input
    private static Answer ask(Qemu qemu, String input, List<String> arguments)
            throws UnfitException {
        try {
            Process process = qemu.start(arguments).redirectErrorStream(true).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.US_ASCII));
            }
            FutureTask<String> output = new FutureTask<>(() -> text(process));
            Thread.ofPlatform().daemon().name("igdrom-probe").start(output);
            try {
                String text = output.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                if (process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    return new Answer(process.exitValue(), text);
                }
            } catch (TimeoutException _) {
                // Reported below.
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException | ExecutionException e) {
            throw new UnfitException("cannot be run: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new UnfitException("did not answer within " + TIMEOUT_SECONDS + " s");
    }

    private static String text(Process process) throws IOException {
        InputStream out = process.getInputStream();
        String text = new String(out.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
        // Read the rest too, or QEMU would block on a full pipe.
        out.transferTo(OutputStream.nullOutputStream());
        return text;
    }

    private record Answer(int code, String text) {
        void requireSuccess() throws UnfitException {
            if (code != 0) {
                int line = text.indexOf('\n');
                throw new UnfitException(
                        "cannot be run: " + (line < 0 ? text : text.substring(0, line)));
            }
        }
    }

    /// This QEMU cannot be used.
    static final class UnfitException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        UnfitException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
