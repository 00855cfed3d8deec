package igdrom.web.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// The debugging port of a browser.
final class Connection implements WebSocket.Listener, AutoCloseable {
    /// Generous: the machine may be busy.
    private static final int TIMEOUT_SECONDS = 300;

    private final AtomicLong number = new AtomicLong();
    private final Map<Long, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();
    private final List<Message> events = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;

    Connection(URI address) {
        socket = client.newWebSocketBuilder().buildAsync(address, this).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            Message message = Message.parse(partial.toString());
            partial.setLength(0);
            if (message.has("id")) {
                CompletableFuture<Message> reply = waiting.remove(message.number("id"));
                if (reply != null) {
                    reply.complete(message);
                }
            } else {
                events.add(message);
            }
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        waiting.values().forEach(reply -> reply.completeExceptionally(error));
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        onError(from, new IllegalStateException("the browser closed the connection"));
        return CompletableFuture.completedFuture(null);
    }

    /// Calls a method and waits for its result.
    ///
    /// @param session of a tab, empty for the browser
    Message call(String session, String method, Map<String, ?> parameters) {
        long id = number.incrementAndGet();
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<Message> reply = new CompletableFuture<>();
        waiting.put(id, reply);
        socket.sendText(Message.print(message), true).join();
        try {
            Message answer = reply.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (answer.has("error")) {
                throw new IllegalStateException(method + ": " + answer.object("error").members());
            }
            return answer.object("result");
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method, e);
        }
    }

    /// The events so far, of all tabs.
    List<Message> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
