package igdrom.bench.setup;

import igdrom.bench.debian.DebVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Asks a QEMU what it is.
final class Probe {
    private static final String DEVICE = "vfio-user-pci";
    private static final String VERSION = "version ";
    private static final int PATIENCE_SECONDS = 30;
    private static final int MOST_TEXT = 1 << 20;

    private Probe() {}

    /// Adds it to the good ones or, with a reason, to the refused.
    static void judge(Qemu qemu, String what, List<Qemu> good, List<Refusal> refused)
            throws IOException {
        try {
            good.add(qemu.ofVersion(version(qemu)));
        } catch (UnfitException e) {
            refused.add(new Refusal(what, e.reason()));
        }
    }

    /// Its version, when it will do.
    static String version(Qemu qemu) throws IOException, UnfitException {
        Answer answer = ask(qemu, "--version");
        answer.mustBeGood();
        String said = answer.text();
        int at = said.indexOf(VERSION);
        if (at < 0) {
            throw new UnfitException("does not say its version");
        }
        int end = at + VERSION.length();
        while (end < said.length() && "0123456789.".indexOf(said.charAt(end)) >= 0) {
            end++;
        }
        String version = said.substring(at + VERSION.length(), end);
        if (new DebVersion(version).compareTo(new DebVersion(Tools.FIRST_VERSION)) < 0) {
            throw new UnfitException(
                    "is version " + version + ", " + Tools.FIRST_VERSION + " is needed");
        }
        // Of all devices' list QEMU loads all modules, also of another one that is installed.
        Answer device = ask(qemu, "-machine", "none", "-device", DEVICE + ",help");
        if (device.text().contains("'" + DEVICE + "' not found")) {
            throw new UnfitException("was built without the device " + DEVICE);
        }
        device.mustBeGood();
        return version;
    }

    private static Answer ask(Qemu qemu, String... arguments) throws IOException, UnfitException {
        Path answer = Files.createTempFile("igdrom-qemu", ".txt");
        try {
            Process process =
                    qemu.start(List.of(arguments))
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(answer.toFile())
                            .start();
            if (!waitFor(process)) {
                throw new UnfitException("gave no answer for " + PATIENCE_SECONDS + " s");
            }
            return new Answer(process.exitValue(), text(answer));
        } catch (UnfitException e) {
            throw e;
        } catch (IOException e) {
            throw new UnfitException("cannot be run: " + e.getMessage());
        } finally {
            Files.deleteIfExists(answer);
        }
    }

    private static boolean waitFor(Process process) {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_TEXT), StandardCharsets.UTF_8);
        }
    }

    private record Answer(int code, String text) {
        void mustBeGood() throws UnfitException {
            if (code != 0) {
                int line = text.indexOf('\n');
                throw new UnfitException(
                        "cannot be run: " + (line < 0 ? text : text.substring(0, line)));
            }
        }
    }

    /// It will not do.
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
