package igdrom.bench.setup;

import igdrom.bench.debian.ArchiveException;
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

/// Connections to servers, past the proxy that apt or the environment names.
final class Connections {
    static final int TIMEOUT_SECONDS = 30;

    private static final int MOST_HOPS = 10;
    private static final int MOST_PORT = 0xffff;
    private static final int PARTIAL = 206;

    private final Environment machine;
    private final AptConfig apt;

    Connections(Environment machine, AptConfig apt) {
        this.machine = machine;
        this.apt = apt;
    }

    /// Goes where servers send it, also from HTTP to HTTPS, which the JDK does not by itself.
    HttpURLConnection open(String url, long from) throws IOException {
        URI uri = uri(url);
        for (int hops = 0; hops < MOST_HOPS; hops++) {
            HttpURLConnection connection = ask(uri, from);
            int code = received(connection::getResponseCode);
            String next = connection.getHeaderField("Location");
            if (code / 100 != 3 || next == null) {
                requireGood(connection, code, url, from);
                return connection;
            }
            connection.disconnect();
            uri = uri(resolved(uri, next));
        }
        throw new ArchiveException(Web.shown(url), "the server sends from one address to the next");
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
            throw new ArchiveException(
                    Web.shown(from.toString()), "the server sends to '" + to + "'");
        }
    }

    private static void requireGood(HttpURLConnection connection, int code, String url, long from)
            throws IOException {
        if (code == HttpURLConnection.HTTP_NOT_FOUND || code == HttpURLConnection.HTTP_GONE) {
            connection.disconnect();
            throw new NotThereException(Web.shown(url));
        }
        if (code != HttpURLConnection.HTTP_OK && (code != PARTIAL || from == 0)) {
            connection.disconnect();
            String problem = "the server says " + code + " " + connection.getResponseMessage();
            if (code >= 500 || code == 416 || code == 429) {
                throw new BrokenOffException(problem);
            }
            throw new ArchiveException(Web.shown(url), problem);
        }
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
                    "proxy " + Web.shown(named),
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

    private static URI uri(String url) throws ArchiveException {
        try {
            URI uri = new URI(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() <= MOST_PORT) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Said below.
        }
        throw new ArchiveException(
                Web.shown(url), "not an address that begins with http:// or https://");
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /// What comes over the network, so that its failures are not taken for the disk's.
    static <T> T received(Attempt<T> attempt) throws IOException {
        try {
            return attempt.run();
        } catch (UnknownHostException
                | SocketException
                | SocketTimeoutException
                | SSLHandshakeException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenOffException("it breaks off (" + e.getMessage() + ")");
        }
    }

    interface Attempt<T> {
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
    static final class BrokenOffException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenOffException(String problem) {
            super(problem);
        }
    }
}
