package igdrom.web.page;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCompilerTest {
    /// Stands for a room that begins to use what a browser does not have.
    static final class UsesThreads {
        private UsesThreads() {}

        public static void main(String[] arguments) {
            new ForkJoinPool().execute(() -> {});
        }
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
