package igdrom.host;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;

class SnapshotFuzzTest {
    /// What reads is what would be written.
    @FuzzTest(maxDuration = "5s")
    void snapshot_reads_or_is_refused(byte[] bytes) {
        try {
            Snapshot snapshot = SnapshotJson.read(Image.of(bytes), "fuzz");
            if (!SnapshotJson.read(SnapshotJson.write(snapshot), "fuzz").equals(snapshot)) {
                throw new AssertionError("another snapshot");
            }
        } catch (SnapshotException _) {
            // A clear refusal.
        }
    }
}
