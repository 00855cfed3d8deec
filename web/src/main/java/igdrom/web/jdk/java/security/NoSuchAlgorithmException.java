package igdrom.web.jdk.java.security;

/// Another algorithm than SHA-256 was asked for.
public class NoSuchAlgorithmException extends Exception {
    private static final long serialVersionUID = 1L;

    public NoSuchAlgorithmException(String message) {
        super(message);
    }
}
