package igdrom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {
    @TempDir Path root;

    @Test
    void only_mirrors_of_debian_are_used() throws IOException {
        write(
                "sources.list",
                """
                # deb http://commented.example/debian trixie main
                deb [arch=amd64 signed-by=/x/y] http://one.example/debian/ trixie main contrib # why
                deb-src http://source.example/debian trixie main
                deb http://one.example/debian trixie-updates main
                deb http://security.example/debian-security trixie-security main
                deb cdrom:[Debian]/ trixie main
                deb http://other.example/apt nodistro main
                deb http://docker.example/debian trixie stable
                deb http://ubuntu.example/ubuntu noble main
                deb http://flat.example ./
                """);
        write(
                "sources.list.d/b.sources",
                """
                Types: deb deb-src
                # a comment
                URIs: https://two.example/debian http://three.example/debian
                Suites: stable stable-updates
                Components: main
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 x

                Enabled: no
                Types: deb
                URIs: http://off.example/debian
                Suites: stable
                Components: main
                """);
        write("sources.list.d/a.list", "deb\thttp://four.example/debian   sid  main\n");
        write("sources.list.d/c.list.save", "deb http://saved.example/debian sid main\n");
        assertThat(AptSources.mirrors(new Environment(root, root, Map.of())))
                .containsExactly(
                        "http://one.example/debian",
                        "http://four.example/debian",
                        "https://two.example/debian",
                        "http://three.example/debian");
    }

    @Test
    void machine_without_apt_has_no_mirrors() throws IOException {
        assertThat(AptSources.mirrors(new Environment(root, root, Map.of()))).isEmpty();
    }

    @Test
    void output_of_apt_config_is_read() {
        AptConfig apt =
                AptConfig.of(
                        """
                        Acquire "";
                        Acquire::http::Proxy "http://proxy.example:3142/";
                        Acquire::http::Proxy::direct.example "DIRECT";
                        Acquire::Check-Valid-Until "false";
                        DPkg::Post-Invoke:: "echo \\"x\\"; true";
                        """);
        assertThat(apt.proxy("http", "x.example")).isEqualTo("http://proxy.example:3142/");
        assertThat(apt.proxy("http", "Direct.example")).isEqualTo("DIRECT");
        assertThat(apt.proxy("https", "x.example")).isEmpty();
        assertThat(apt.checksValidUntil()).isFalse();
        assertThat(AptConfig.of("").checksValidUntil()).isTrue();
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(root.resolve("etc/apt/sources.list.d"));
        Files.writeString(root.resolve("etc/apt").resolve(name), text);
    }
}
