package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupActionTest {
    @TempDir Path directory;

    @Test
    void mirror_without_a_scheme_is_wrong_usage() {
        assertThat(Session.of("test", "--setup", "--mirror", "trixie"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                "invalid value for option '--mirror': 'trixie' is not a URL such as"
                                        + " http://HOST/debian (see: igdrom help test)"));
    }

    @Test
    void unreachable_mirror_is_reported_in_one_line() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        String mirror = "http://127.0.0.1:" + port + "/debian";
        String file = mirror + "/dists/trixie/InRelease";
        Session session =
                Session.of(
                        "test",
                        "--setup",
                        "--force",
                        "--mirror",
                        mirror,
                        "--folder",
                        directory.toString());
        // A machine that has a suitable QEMU and OVMF fetches nothing.
        if (session.code() == ExitCode.MACHINE) {
            assertThat(session.out()).isEmpty();
            String again = file + ": cannot connect to the server, trying again\n";
            assertThat(session.err())
                    .endsWith(
                            " into "
                                    + directory
                                    + "\nasking "
                                    + mirror
                                    + "\n"
                                    + again
                                    + again
                                    + "igdrom: setup: "
                                    + file
                                    + ": cannot connect to the server (check the network and the"
                                    + " proxy, which http_proxy or apt's configuration names, or"
                                    + " name another mirror with --mirror URL)\n");
        } else {
            assertThat(session.code()).isEqualTo(ExitCode.OK);
            assertThat(session.out()).contains("\nQEMU   ");
        }
    }

    @Test
    void test_without_a_rom_is_wrong_usage() {
        assertThat(Session.of("test"))
                .isEqualTo(Session.failed(ExitCode.USAGE, "no ROM given (see: igdrom help test)"));
    }
}
