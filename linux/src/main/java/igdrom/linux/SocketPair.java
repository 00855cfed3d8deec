package igdrom.linux;

/// Two sockets that are connected with each other.
public record SocketPair(UnixSocket one, UnixSocket other) implements AutoCloseable {
    @Override
    public void close() {
        one.close();
        other.close();
    }
}
