package igdrom.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.fetch.testing.FileServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTPS servers with a self-signed certificate.
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir static Path directory = Path.of("");
    private static KeyStore store;

    private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
    private final List<String> progress = new ArrayList<>();

    private FileServer server;

    @BeforeAll
    static void make_a_certificate() throws Exception {
        Path file = directory.resolve("store");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "made",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=made",
                                "-ext",
                                "SAN=IP:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                "changeit")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        assertThat(keytool.waitFor()).isZero();
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
    }

    @BeforeEach
    void start_a_server() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server =
                new FileServer(
                        "https",
                        context.getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        server.files.put("/file", new byte[] {'x'});
    }

    @AfterEach
    void stop_the_server() throws Exception {
        HttpsURLConnection.setDefaultSSLSocketFactory(before);
        server.close();
    }

    @Test
    void untrusted_certificate_is_refused_at_once() {
        assertThatThrownBy(() -> web().small(server.address() + "/file", 10))
                .isInstanceOf(ArchiveException.class)
                .hasMessage(
                        server.address()
                                + "/file: the server's certificate is not trusted: unable to find"
                                + " valid certification path to requested target")
                .hasFieldOrPropertyWithValue("remedy", ArchiveException.Remedy.TRUST_CERTIFICATE);
        assertThat(progress).isEmpty();
    }

    @Test
    void certificate_of_another_host_is_refused() throws Exception {
        trust();
        String other = server.address().replace("127.0.0.1", "localhost");
        assertThatThrownBy(() -> web().small(other + "/file", 10))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("the server's certificate is not trusted: No name matching");
    }

    @Test
    void trusted_certificate_is_accepted_also_after_a_redirect_from_http() throws Exception {
        trust();
        Image x = Image.ofAscii("x");
        assertThat(web().small(server.address() + "/file", 10)).isEqualTo(x);
        try (FileServer plain = new FileServer()) {
            plain.redirects.put("/file", server.address() + "/file");
            assertThat(web().small(plain.address() + "/file", 10)).isEqualTo(x);
        }
    }

    @Test
    void server_without_tls_is_reported() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        while (!socket.isClosed()) {
                            try (Socket client = socket.accept()) {
                                client.getOutputStream()
                                        .write(
                                                "HTTP/1.1 400\r\n\r\n"
                                                        .getBytes(StandardCharsets.US_ASCII));
                            } catch (IOException _) {
                                // The test is over.
                            }
                        }
                    });
            assertThatThrownBy(() -> web().small("https://127.0.0.1:" + socket.getLocalPort(), 10))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageEndingWith(
                            ": transfer interrupted (Unsupported or unrecognized SSL message)");
        }
    }

    /// Trusts the certificate, as the JVM's options for a trust store do.
    private void trust() throws Exception {
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("made", store.getCertificate("made"));
        trusted.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
    }

    private Web web() {
        Environment environment = new Environment(directory, directory, Map.of());
        return new Web(environment, new AptConfig(Map.of()), 1, progress::add);
    }
}
