package igdrom.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMAInputStream;

class EngineCompilerTest {
    /// Stands for a room that begins to use what a browser does not have.
    static final class UsesThreads {
        private UsesThreads() {}

        public static void main(String[] arguments) {
            new ForkJoinPool().execute(() -> {});
        }
    }

    /// Uses two libraries, the second through the JDK's own name for it.
    static final class UsesLibraries {
        private UsesLibraries() {}

        public static void main(String[] arguments) throws IOException {
            InputStream lzma = new LZMAInputStream(InputStream.nullInputStream());
            System.out.println(new InflaterInputStream(lzma).read());
        }
    }

    @Test
    void the_jars_in_the_engine_are_named(@TempDir Path directory) throws UnsupportedCallException {
        assertThat(EngineCompiler.compile(UsesLibraries.class.getName(), directory, "x.wasm"))
                .anyMatch(jar -> jar.matches("teavm-classlib-[0-9.]+\\.jar"))
                .anyMatch(jar -> jar.matches("teavm-core-[0-9.]+\\.jar"))
                .anyMatch(jar -> jar.matches("jzlib-[0-9.]+\\.jar"))
                .anyMatch(jar -> jar.matches("xz-[0-9.]+\\.jar"))
                .noneMatch(jar -> jar.startsWith("dec-"));
    }

    @Test
    void a_call_that_teavm_lacks_stops_the_build_and_says_what_to_do(@TempDir Path directory) {
        assertThatThrownBy(() ->
                        EngineCompiler.compile(UsesThreads.class.getName(), directory, "x.wasm"))
                .isInstanceOf(UnsupportedCallException.class)
                .hasMessageContaining("java.util.concurrent.ForkJoinPool")
                .hasMessageContaining("UsesThreads.main")
                .hasMessageContaining("add it to igdrom.web.jdk")
                .hasMessageContaining("docs/web.md");
    }
}
