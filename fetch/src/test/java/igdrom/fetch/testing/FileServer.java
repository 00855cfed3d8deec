package igdrom.fetch.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A minimal HTTP server on 127.0.0.1 that serves as mirror and as proxy, one connection for each
/// request.
public final class FileServer implements AutoCloseable {
    /// Contents by path.
    public final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /// The requests: the path, with " from OFFSET" when the request has a range.
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /// The number of bytes of a path after which the connection breaks, once.
    public final Map<String, Integer> breaks = new ConcurrentHashMap<>();

    /// Redirects, by path.
    public final Map<String, String> redirects = new ConcurrentHashMap<>();

    private final ServerSocket socket;
    private final String scheme;

    public FileServer() throws IOException {
        this("http", new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    public FileServer(String scheme, ServerSocket socket) {
        this.scheme = scheme;
        this.socket = socket;
        Thread.ofPlatform().daemon().name("file-server").start(this::serve);
    }

    public String address() {
        return scheme + "://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                answer(client);
            } catch (IOException _) {
                // The client disconnected, or the test is over.
            }
        }
    }

    private void answer(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        String path = in.readLine().split(" ", -1)[1].replaceFirst("^http://[^/]*", "");
        int from = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Range: bytes=")) {
                from = Integer.parseInt(line, 13, line.length() - 1, 10);
            }
        }
        requests.add(from == 0 ? path : path + " from " + from);
        byte[] bytes = files.get(path);
        OutputStream out = client.getOutputStream();
        if (redirects.containsKey(path)) {
            String head = "HTTP/1.1 302 Found\r\nLocation: " + redirects.get(path);
            out.write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return;
        }
        if (bytes == null) {
            head(out, "404 Not Found", 0);
            return;
        }
        head(out, from == 0 ? "200 OK" : "206 Partial Content", bytes.length - from);
        Integer end = breaks.remove(path);
        out.write(bytes, from, (end == null ? bytes.length : end) - from);
    }

    private static void head(OutputStream out, String status, int size) throws IOException {
        String head =
                "HTTP/1.1 "
                        + status
                        + "\r\nContent-Length: "
                        + size
                        + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
    }
}
