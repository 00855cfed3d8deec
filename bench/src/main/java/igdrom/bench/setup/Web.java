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
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/// Fetches files by HTTP, past the proxy that apt or the environment names.
///
/// What breaks off is tried again and goes on where it stopped; what is too long or not the bytes
/// that were promised is thrown away.
final class Web {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int TRIES = 3;
    private static final int BUFFER = 1 << 16;
    private static final int PARTIAL = 206;

    private final Surroundings machine;
    private final AptConfig apt;
    private final int pauseMillis;

    /// @param pauseMillis between tries, longer each time
    Web(Surroundings machine, AptConfig apt, int pauseMillis) {
        this.machine = machine;
        this.apt = apt;
        this.pauseMillis = pauseMillis;
    }

    /// A small file as a whole.
    Image small(String url, int most) throws IOException {
        return retried(
                url,
                () -> {
                    HttpURLConnection connection = open(url, 0);
                    try (InputStream in = connection.getInputStream()) {
                        byte[] bytes = received(() -> in.readNBytes(most + 1));
                        if (bytes.length > most) {
                            throw new UntrustedException(
                                    shown(url), "longer than " + most + " bytes");
                        }
                        long promised = connection.getContentLengthLong();
                        if (promised > bytes.length) {
                            throw new BrokenOffException("it breaks off");
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
        HttpURLConnection connection = open(url, have);
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
            int got = received(() -> in.read(buffer));
            while (got >= 0) {
                done += got;
                if (done > size) {
                    throw new UntrustedException(
                            shown(url),
                            "longer than the " + size + " bytes the archive's index says");
                }
                out.write(buffer, 0, got);
                progress.accept(got);
                got = received(() -> in.read(buffer));
            }
        }
        if (done < size) {
            throw new BrokenOffException("it breaks off");
        }
    }

    private HttpURLConnection open(String url, long from) throws IOException {
        URI uri = uri(url);
        String host = String.valueOf(uri.getHost());
        HttpURLConnection connection =
                (HttpURLConnection) uri.toURL().openConnection(proxy(uri.getScheme(), host));
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("User-Agent", "igdrom");
        if (uri.getUserInfo() != null) {
            connection.setRequestProperty("Authorization", basic(uri.getUserInfo()));
        }
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        int code = received(connection::getResponseCode);
        if (code == HttpURLConnection.HTTP_NOT_FOUND || code == HttpURLConnection.HTTP_GONE) {
            connection.disconnect();
            throw new NotThereException(shown(url));
        }
        if (code != HttpURLConnection.HTTP_OK && (code != PARTIAL || from == 0)) {
            connection.disconnect();
            String problem = "the server says " + code + " " + connection.getResponseMessage();
            if (code >= 500 || code == 416 || code == 429) {
                throw new BrokenOffException(problem);
            }
            throw new ArchiveException(shown(url), problem);
        }
        return connection;
    }

    /// Apt's own word first, then the environment's, as apt itself does it.
    private Proxy proxy(String scheme, String host) throws ArchiveException {
        String named = apt.proxy(scheme, host);
        if (named.isEmpty() && !isExempt(host)) {
            named = machine.variable(scheme + "_proxy");
            if (named.isEmpty()) {
                named = machine.variable("all_proxy");
            }
        }
        if (named.isEmpty() || named.equals("DIRECT")) {
            return Proxy.NO_PROXY;
        }
        URI uri = uri(named.contains("://") ? named : "http://" + named);
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new ArchiveException(
                    "proxy " + shown(named),
                    "only http://HOST:PORT without a password is supported");
        }
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port));
    }

    private boolean isExempt(String host) {
        for (String one : machine.variable("no_proxy").split(",", -1)) {
            String name = one.strip();
            if (name.equals("*")
                    || (!name.isEmpty()
                            && (host.equals(name)
                                    || host.endsWith(name.startsWith(".") ? name : "." + name)))) {
                return true;
            }
        }
        return false;
    }

    /// What comes over the network, so that its failures are not taken for the disk's.
    private static <T> T received(Attempt<T> attempt) throws IOException {
        try {
            return attempt.run();
        } catch (UnknownHostException | SocketException | SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenOffException("it breaks off (" + e.getMessage() + ")");
        }
    }

    private <T> T retried(String url, Attempt<T> attempt) throws IOException {
        for (int again = 1; ; again++) {
            try {
                return attempt.run();
            } catch (UnknownHostException e) {
                throw new ArchiveException(shown(url), "there is no host " + e.getMessage());
            } catch (BrokenOffException | SocketTimeoutException | SocketException e) {
                if (again == TRIES) {
                    throw new ArchiveException(
                            shown(url),
                            e instanceof ConnectException
                                    ? "no connection to the server"
                                    : String.valueOf(e.getMessage()));
                }
                pause(again);
            }
        }
    }

    private void pause(int times) throws InterruptedIOException {
        try {
            Thread.sleep((long) pauseMillis * times);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static URI uri(String url) throws ArchiveException {
        try {
            URI uri = new URI(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Said below.
        }
        throw new ArchiveException(
                shown(url), "not an address that begins with http:// or https://");
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

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
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

    private interface Attempt<T> {
        T run() throws IOException;
    }

    /// It may be there under another name.
    static final class NotThereException extends IOException {
        private static final long serialVersionUID = 1L;

        NotThereException(String url) {
            super(url + ": not there");
        }
    }

    /// It may go better the next time.
    private static final class BrokenOffException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenOffException(String problem) {
            super(problem);
        }
    }
}
