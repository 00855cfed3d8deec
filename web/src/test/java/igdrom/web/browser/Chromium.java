package igdrom.web.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A headless Chromium with a profile of its own.
public final class Chromium implements AutoCloseable {
    private static final int START_SECONDS = 120;

    private final Process process;
    private final Path profile;
    private final Connection connection;

    private Chromium(Process process, Path profile, Connection connection) {
        this.process = process;
        this.profile = profile;
        this.connection = connection;
    }

    /// Starts Debian's Chromium.
    public static Chromium start(Path program) throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory("igdrom-chromium");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "--headless=new",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "--no-first-run",
                                "--no-default-browser-check",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--hide-scrollbars",
                                "--host-resolver-rules=MAP * ~NOTFOUND"));
        if ("root".equals(System.getProperty("user.name"))) {
            // Its sandbox does not work for root.
            command.add("--no-sandbox");
        }
        command.add("about:blank");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(profile.resolve("log").toFile())
                        .start();
        Path port = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.exists(port)
                || Files.size(port) == 0
                || Files.readAllLines(port).size() < 2) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "chromium did not start: " + Files.readString(profile.resolve("log")));
            }
            Thread.sleep(50);
        }
        List<String> lines = Files.readAllLines(port);
        URI address = URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
        return new Chromium(process, profile, new Connection(address));
    }

    /// The program, where there is one.
    public static Optional<Path> program() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path program = Path.of(directory, "chromium");
            if (Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    /// Opens an empty tab, whose network events are recorded.
    public Tab tab() {
        Message target = connection.call("", "Target.createTarget", Map.of("url", "about:blank"));
        Message attached =
                connection.call(
                        "",
                        "Target.attachToTarget",
                        Map.of("targetId", target.text("targetId"), "flatten", true));
        return new Tab(connection, target.text("targetId"), attached.text("sessionId"));
    }

    @Override
    public void close() throws IOException {
        connection.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            // Its children may still write for a moment.
            for (int attempt = 0; attempt < 20 && Files.exists(profile); attempt++) {
                removeProfile();
                Thread.sleep(200);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeProfile() {
        try (Stream<Path> all = Files.walk(profile)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException _) {
            // Tried again.
        }
    }
}
