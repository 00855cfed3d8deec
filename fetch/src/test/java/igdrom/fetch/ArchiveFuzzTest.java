package igdrom.fetch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class ArchiveFuzzTest {
    private static final Keyring KEYS = Keyring.debian();

    @FuzzTest(maxDuration = "5s")
    void signed_text_reads_or_is_refused(byte[] data) {
        try {
            KEYS.open(Image.of(data), "fuzzed");
            throw new AssertionError("text without a signature was trusted");
        } catch (MalformedImageException | ArchiveException _) {
            // Refused.
        }
    }

    @FuzzTest(maxDuration = "5s")
    void index_reads_or_is_refused(byte[] data) throws IOException {
        try {
            Release.of(Image.of(data).latin1(), "fuzzed");
            new PackageIndex().add(new ByteArrayInputStream(data), "fuzzed");
        } catch (ArchiveException _) {
            // Refused.
        }
    }

    @FuzzTest(maxDuration = "5s")
    void package_reads_or_is_refused(byte[] data) {
        try {
            PackageExtractorTest.walk(Image.of(data), "fuzzed.deb");
        } catch (MalformedImageException _) {
            // Refused.
        }
    }
}
