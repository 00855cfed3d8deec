package igdrom.fetch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLHandshakeException;

/// Connections to HTTP servers, through the proxy that apt or the environment names.
final class Connections {
    static final int TIMEOUT_SECONDS = 30;

    private static final int MAX_REDIRECTS = 10;
    private static final int MAX_PORT = 0xffff;
    private static final int PARTIAL = 206;

    private final Environment environment;
    private final AptConfig apt;

    Connections(Environment environment, AptConfig apt) {
        this.environment = environment;
        this.apt = apt;
    }

    /// Opens a URL and follows redirects, also from HTTP to HTTPS, which the JDK refuses to do.
    ///
    /// @param from the offset of the first byte wanted
    /// @throws NotFoundException when the server does not have the file
    /// @throws InterruptedTransferException when another attempt may succeed
    HttpURLConnection open(String url, long from) throws IOException {
        URI uri = uri(url);
        for (int redirects = 0; redirects < MAX_REDIRECTS; redirects++) {
            HttpURLConnection connection = ask(uri, from);
            int code = received(connection::getResponseCode);
            String next = connection.getHeaderField("Location");
            if (code / 100 != 3 || next == null) {
                requireSuccess(connection, code, url, from);
                return connection;
            }
            connection.disconnect();
            uri = uri(resolved(uri, next));
        }
        throw new ArchiveException(Web.shown(url), "more than " + MAX_REDIRECTS + " redirects");
    }

    private HttpURLConnection ask(URI uri, long from) throws IOException {
        String host = String.valueOf(uri.getHost());
        HttpURLConnection connection =
                (HttpURLConnection) uri.toURL().openConnection(proxy(uri.getScheme(), host));
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_SECONDS * 1000);
        connection.setReadTimeout(TIMEOUT_SECONDS * 1000);
        connection.setRequestProperty("User-Agent", "igdrom");
        if (uri.getUserInfo() != null) {
            connection.setRequestProperty("Authorization", basic(uri.getUserInfo()));
        }
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        return connection;
    }

    private static String resolved(URI from, String to) throws ArchiveException {
        try {
            return from.resolve(new URI(to)).toString();
        } catch (URISyntaxException _) {
            throw new ArchiveException(Web.shown(from.toString()), "redirects to '" + to + "'");
        }
    }

    private static void requireSuccess(
            HttpURLConnection connection, int code, String url, long from) throws IOException {
        if (code == HttpURLConnection.HTTP_NOT_FOUND || code == HttpURLConnection.HTTP_GONE) {
            connection.disconnect();
            throw new NotFoundException(Web.shown(url));
        }
        if (code != HttpURLConnection.HTTP_OK && (code != PARTIAL || from == 0)) {
            connection.disconnect();
            String problem = "the server answered " + code + " " + connection.getResponseMessage();
            if (code >= 500 || code == 416 || code == 429) {
                throw new InterruptedTransferException(problem);
            }
            throw new ArchiveException(Web.shown(url), problem);
        }
    }

    /// Prefers apt's setting over the environment, as apt does.
    private Proxy proxy(String scheme, String host) throws ArchiveException {
        String named = apt.proxy(scheme, host);
        if (named.isEmpty() && !isExempt(host)) {
            named = environment.variable(scheme + "_proxy");
            if (named.isEmpty()) {
                named = environment.variable("all_proxy");
            }
        }
        if (named.isEmpty() || named.equals("DIRECT")) {
            return Proxy.NO_PROXY;
        }
        URI uri = uri(named.contains("://") ? named : "http://" + named);
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new ArchiveException(
                    "proxy " + Web.shown(named),
                    "only http://HOST:PORT without a password is supported");
        }
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port));
    }

    private boolean isExempt(String host) {
        for (String entry : environment.variable("no_proxy").split(",", -1)) {
            String name = entry.strip();
            if (name.equals("*")
                    || (!name.isEmpty()
                            && (host.equals(name)
                                    || host.endsWith(name.startsWith(".") ? name : "." + name)))) {
                return true;
            }
        }
        return false;
    }

    private static URI uri(String url) throws ArchiveException {
        try {
            URI uri = new URI(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() <= MAX_PORT) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Reported below.
        }
        throw new ArchiveException(Web.shown(url), "not an http:// or https:// URL");
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /// Runs a step that reads from the network, and turns its failures into exceptions that cannot
    /// be confused with those of the disk.
    static <T> T received(Attempt<T> attempt) throws IOException {
        try {
            return attempt.run();
        } catch (UnknownHostException
                | SocketException
                | SocketTimeoutException
                | SSLHandshakeException e) {
            throw e;
        } catch (IOException e) {
            throw new InterruptedTransferException("transfer interrupted (" + e.getMessage() + ")");
        }
    }

    interface Attempt<T> {
        T run() throws IOException;
    }

    /// The server does not have the file; it may have it under another name.
    static final class NotFoundException extends IOException {
        private static final long serialVersionUID = 1L;

        NotFoundException(String url) {
            super(url + ": not found");
        }
    }

    /// The transfer failed in a way that may be temporary.
    static final class InterruptedTransferException extends IOException {
        private static final long serialVersionUID = 1L;

        InterruptedTransferException(String problem) {
            super(problem);
        }
    }
}
