package igdrom.bench.setup;

import igdrom.bench.debian.DebVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks a QEMU what it is.
final class QemuProbe {
    private static final String DEVICE = "vfio-user-pci";
    private static final String VERSION = "version ";
    private static final int PATIENCE_SECONDS = 30;
    private static final int MOST_TEXT = 1 << 20;

    private QemuProbe() {}

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

    private static Answer ask(Qemu qemu, String... arguments) throws UnfitException {
        try {
            Process process =
                    qemu.start(List.of(arguments))
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectErrorStream(true)
                            .start();
            FutureTask<String> said = new FutureTask<>(() -> text(process));
            Thread reader = new Thread(said, "igdrom-probe");
            reader.setDaemon(true);
            reader.start();
            try {
                String text = said.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    return new Answer(process.exitValue(), text);
                }
            } catch (TimeoutException _) {
                // Said below.
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException | ExecutionException e) {
            throw new UnfitException("cannot be run: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new UnfitException("gave no answer for " + PATIENCE_SECONDS + " s");
    }

    private static String text(Process process) throws IOException {
        InputStream out = process.getInputStream();
        String text = new String(out.readNBytes(MOST_TEXT), StandardCharsets.UTF_8);
        // It is not to wait for a reader.
        out.transferTo(OutputStream.nullOutputStream());
        return text;
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
