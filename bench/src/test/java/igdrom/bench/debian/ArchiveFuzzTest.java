package igdrom.bench.debian;

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
            KEYS.open(Image.of(data), "it");
            throw new AssertionError("it was trusted");
        } catch (MalformedImageException | ArchiveException _) {
            // What is asked of a reader.
        }
    }

    @FuzzTest(maxDuration = "5s")
    void index_reads_or_is_refused(byte[] data) throws IOException {
        try {
            Release.of(Image.of(data).latin1(), "it");
            new PackageIndex().add(new ByteArrayInputStream(data), "it");
        } catch (ArchiveException _) {
            // What is asked of a reader.
        }
    }

    @FuzzTest(maxDuration = "5s")
    void package_reads_or_is_refused(byte[] data) {
        try {
            PackageExtractorTest.walk(Image.of(data), "fuzzed.deb");
        } catch (MalformedImageException _) {
            // What is asked of a reader.
        }
    }
}
