package igdrom.bench.setup;

import igdrom.bench.debian.ArchiveException;
import igdrom.bench.debian.Release;
import igdrom.bench.debian.UntrustedException;
import igdrom.bytes.Image;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLHandshakeException;

/// Fetches files by HTTP.
///
/// What breaks off is tried again and goes on where it stopped; what is too long or not the bytes
/// that were promised is thrown away.
final class Web {
    private static final int TRIES = 3;
    private static final int BUFFER = 1 << 16;
    private static final int PARTIAL = 206;

    private static final String HINT =
            " (no network? a proxy is taken from http_proxy and apt's configuration, another mirror"
                    + " from --mirror URL)";

    private final Connections connections;
    private final int pauseMillis;
    private final Consumer<String> notes;

    /// @param pauseMillis between tries, longer each time
    /// @param notes is told why something is tried again
    Web(Environment machine, AptConfig apt, int pauseMillis, Consumer<String> notes) {
        this.connections = new Connections(machine, apt);
        this.pauseMillis = pauseMillis;
        this.notes = notes;
    }

    /// A small file as a whole.
    Image small(String url, int most) throws IOException {
        return retried(
                url,
                () -> {
                    HttpURLConnection connection = connections.open(url, 0);
                    try (InputStream in = connection.getInputStream()) {
                        byte[] bytes = Connections.received(() -> in.readNBytes(most + 1));
                        if (bytes.length > most) {
                            throw new UntrustedException(
                                    shown(url), "longer than " + most + " bytes");
                        }
                        long promised = connection.getContentLengthLong();
                        if (promised > bytes.length) {
                            throw new Connections.BrokenOffException("it breaks off");
                        }
                        return Image.of(bytes);
                    }
                });
    }

    /// A file of known size and sum, into `target`. What is there of it already is not fetched
    /// again.
    ///
    /// @param progress is told how many more bytes are there
    void fetch(String url, Path target, Release.Sum sum, LongConsumer progress) throws IOException {
        if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.size(target) == sum.size() && sha256(target).equals(sum.sha256())) {
                progress.accept(sum.size());
                return;
            }
            Files.delete(target);
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        boolean resumed = size(part) > 0;
        progress.accept(size(part));
        download(url, part, sum, progress);
        String found = sha256(part);
        if (!found.equals(sum.sha256()) && resumed) {
            // What was there may have been another file's beginning.
            progress.accept(-size(part));
            Files.delete(part);
            download(url, part, sum, progress);
            found = sha256(part);
        }
        if (!found.equals(sum.sha256())) {
            Files.delete(part);
            throw new UntrustedException(
                    shown(url),
                    "its SHA-256 is " + found + ", the archive's index says " + sum.sha256());
        }
        Files.move(part, target);
    }

    private void download(String url, Path part, Release.Sum sum, LongConsumer progress)
            throws IOException {
        retried(
                url,
                () -> {
                    long have = size(part);
                    if (have > sum.size()) {
                        Files.delete(part);
                        progress.accept(-have);
                        have = 0;
                    }
                    if (have < sum.size()) {
                        append(url, part, have, sum.size(), progress);
                    }
                    return part;
                });
    }

    private void append(String url, Path part, long have, long size, LongConsumer progress)
            throws IOException {
        HttpURLConnection connection = connections.open(url, have);
        boolean goesOn = connection.getResponseCode() == PARTIAL;
        long done = goesOn ? have : 0;
        progress.accept(done - have);
        try (InputStream in = connection.getInputStream();
                OutputStream out =
                        Files.newOutputStream(
                                part,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS,
                                goesOn
                                        ? StandardOpenOption.APPEND
                                        : StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] buffer = new byte[BUFFER];
            int got = Connections.received(() -> in.read(buffer));
            while (got >= 0) {
                done += got;
                if (done > size) {
                    throw new UntrustedException(
                            shown(url),
                            "longer than the " + size + " bytes the archive's index says");
                }
                out.write(buffer, 0, got);
                progress.accept(got);
                got = Connections.received(() -> in.read(buffer));
            }
        }
        if (done < size) {
            throw new Connections.BrokenOffException("it breaks off");
        }
    }

    private <T> T retried(String url, Connections.Attempt<T> attempt) throws IOException {
        for (int again = 1; ; again++) {
            try {
                return attempt.run();
            } catch (UnknownHostException e) {
                throw new ArchiveException(shown(url), "there is no host " + e.getMessage() + HINT);
            } catch (SSLHandshakeException e) {
                throw new ArchiveException(shown(url), handshake(e));
            } catch (Connections.BrokenOffException | SocketTimeoutException | SocketException e) {
                if (again == TRIES) {
                    throw new ArchiveException(
                            shown(url),
                            e instanceof ConnectException ? problem(e) + HINT : problem(e));
                }
                notes.accept(shown(url) + ": " + problem(e) + ", once more");
                pause(again);
            }
        }
    }

    private static String problem(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return "no answer for " + Connections.TIMEOUT_SECONDS + " s";
        }
        return e instanceof ConnectException
                ? "no connection to the server"
                : String.valueOf(e.getMessage());
    }

    /// Java says it as `(alert) class: class: reason`.
    private static String handshake(SSLHandshakeException e) {
        String said = String.valueOf(e.getMessage());
        String reason = said.substring(said.startsWith("(") ? said.indexOf(')') + 1 : 0);
        for (Throwable one = e.getCause(); one != null; one = one.getCause()) {
            if (one instanceof CertificateException) {
                return "the server's certificate is not trusted: "
                        + reason.substring(reason.lastIndexOf(": ") + 1).strip()
                        + " (IGDROM_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE names others that"
                        + " are)";
            }
        }
        return "no TLS with the server: " + reason.strip();
    }

    private void pause(int times) throws InterruptedIOException {
        try {
            Thread.sleep((long) pauseMillis * times);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /// Without a password that may be in it.
    static String shown(String url) {
        int start = url.indexOf("://");
        int slash = url.indexOf('/', start + 3);
        int at = url.lastIndexOf('@', slash < 0 ? url.length() : slash);
        return start < 0 || at < start ? url : url.substring(0, start + 3) + url.substring(at + 1);
    }

    static String withoutSlash(String url) {
        return url.endsWith("/") ? withoutSlash(url.substring(0, url.length() - 1)) : url;
    }

    private static long size(Path part) throws IOException {
        return Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS) ? Files.size(part) : 0;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            int got = in.read(buffer);
            while (got >= 0) {
                digest.update(buffer, 0, got);
                got = in.read(buffer);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
