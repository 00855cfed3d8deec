package igdrom.fetch;

import igdrom.bytes.Image;
import igdrom.fetch.ArchiveException.Remedy;
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

/// Downloads files by HTTP.
///
/// An interrupted download is resumed a few times. A file that is too long or does not have the
/// expected SHA-256 is deleted.
final class Web {
    private static final int MAX_ATTEMPTS = 3;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int PARTIAL = 206;

    private final Connections connections;
    private final int pauseMillis;
    private final Consumer<String> notes;

    /// @param pauseMillis before the second attempt; later pauses are longer
    /// @param notes receives the reason of each further attempt
    Web(Environment environment, AptConfig apt, int pauseMillis, Consumer<String> notes) {
        this.connections = new Connections(environment, apt);
        this.pauseMillis = pauseMillis;
        this.notes = notes;
    }

    /// Downloads a small file into memory.
    Image small(String url, int maxBytes) throws IOException {
        return retried(
                url,
                () -> {
                    HttpURLConnection connection = connections.open(url, 0);
                    try (InputStream in = connection.getInputStream()) {
                        byte[] bytes = Connections.received(() -> in.readNBytes(maxBytes + 1));
                        if (bytes.length > maxBytes) {
                            throw new UntrustedException(
                                    shown(url), "longer than " + maxBytes + " bytes");
                        }
                        long announced = connection.getContentLengthLong();
                        if (announced > bytes.length) {
                            throw new Connections.InterruptedTransferException(
                                    "transfer interrupted");
                        }
                        return Image.of(bytes);
                    }
                });
    }

    /// Downloads a file of known size and SHA-256 to `target`, reusing what an earlier attempt
    /// left.
    ///
    /// @param progress receives the number of further bytes present; negative when some are
    ///   discarded
    void fetch(String url, Path target, Checksum sum, LongConsumer progress) throws IOException {
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
            // The bytes of the earlier attempt may belong to another file.
            progress.accept(-size(part));
            Files.delete(part);
            download(url, part, sum, progress);
            found = sha256(part);
        }
        if (!found.equals(sum.sha256())) {
            Files.delete(part);
            throw new UntrustedException(
                    shown(url), "SHA-256 is " + found + ", expected " + sum.sha256());
        }
        Files.move(part, target);
    }

    private void download(String url, Path part, Checksum sum, LongConsumer progress)
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
        boolean resumes = connection.getResponseCode() == PARTIAL;
        long done = resumes ? have : 0;
        progress.accept(done - have);
        try (InputStream in = connection.getInputStream();
                OutputStream out =
                        Files.newOutputStream(
                                part,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS,
                                resumes
                                        ? StandardOpenOption.APPEND
                                        : StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int count = Connections.received(() -> in.read(buffer));
            while (count >= 0) {
                done += count;
                if (done > size) {
                    throw new UntrustedException(
                            shown(url), "longer than the " + size + " bytes listed in the index");
                }
                out.write(buffer, 0, count);
                progress.accept(count);
                count = Connections.received(() -> in.read(buffer));
            }
        }
        if (done < size) {
            throw new Connections.InterruptedTransferException("transfer interrupted");
        }
    }

    private <T> T retried(String url, Connections.Attempt<T> attempt) throws IOException {
        for (int attempts = 1; ; attempts++) {
            try {
                return attempt.run();
            } catch (UnknownHostException e) {
                throw new ArchiveException(
                        shown(url) + ": unknown host " + e.getMessage(), Remedy.CHECK_NETWORK);
            } catch (SSLHandshakeException e) {
                throw handshakeFailure(url, e);
            } catch (Connections.InterruptedTransferException
                    | SocketTimeoutException
                    | SocketException e) {
                if (attempts == MAX_ATTEMPTS) {
                    throw new ArchiveException(
                            shown(url) + ": " + problem(e),
                            e instanceof ConnectException ? Remedy.CHECK_NETWORK : Remedy.NONE);
                }
                notes.accept(shown(url) + ": " + problem(e) + ", trying again");
                pause(attempts);
            }
        }
    }

    private static String problem(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return "no answer for " + Connections.TIMEOUT_SECONDS + " s";
        }
        return e instanceof ConnectException
                ? "cannot connect to the server"
                : String.valueOf(e.getMessage());
    }

    /// The JDK's message has the form `(alert) class: class: reason`.
    private static ArchiveException handshakeFailure(String url, SSLHandshakeException e) {
        String message = String.valueOf(e.getMessage());
        String reason = message.substring(message.startsWith("(") ? message.indexOf(')') + 1 : 0);
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new ArchiveException(
                        shown(url)
                                + ": the server's certificate is not trusted: "
                                + reason.substring(reason.lastIndexOf(": ") + 1).strip(),
                        Remedy.TRUST_CERTIFICATE);
            }
        }
        return new ArchiveException(shown(url), "TLS handshake failed: " + reason.strip());
    }

    private void pause(int attempts) throws InterruptedIOException {
        try {
            Thread.sleep((long) pauseMillis * attempts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /// A URL without its user name and password, for messages.
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
            byte[] buffer = new byte[BUFFER_BYTES];
            int count = in.read(buffer);
            while (count >= 0) {
                digest.update(buffer, 0, count);
                count = in.read(buffer);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
