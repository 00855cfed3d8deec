package igdrom.fetch;

import igdrom.fetch.testing.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Fetchers that trust a test's key in place of Debian's. In this package for its constructors.
@SuppressWarnings("exports") // The packages of tests belong to no module.
public final class TestFetchers {
    private TestFetchers() {}

    public static Fetcher trusting(
            TestKey key, Environment environment, List<String> suites, ProgressListener listener) {
        return new Fetcher(environment, suites, new AptConfig(Map.of()), keyring(key), 1, listener);
    }

    static Keyring keyring(TestKey key) {
        try {
            return Keyring.of(key.armored(), Set.of(key.fingerprint()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
