package igdrom.linux;

/// Two connected sockets.
public record SocketPair(UnixSocket first, UnixSocket second) implements AutoCloseable {
    @Override
    public void close() {
        first.close();
        second.close();
    }
}
