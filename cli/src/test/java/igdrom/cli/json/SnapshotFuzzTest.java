package igdrom.cli.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.json.JsonFormat;
import igdrom.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;

class SnapshotFuzzTest {
    private static final JsonFormat FORMAT = new JacksonFormat();

    @FuzzTest(maxDuration = "5s")
    void snapshot_is_refused_or_reads_back_as_it_is_written(byte[] bytes) {
        try {
            Snapshot snapshot = SnapshotJson.read(Image.of(bytes), "fuzz", FORMAT);
            byte[] text = SnapshotJson.print(snapshot, FORMAT).getBytes(StandardCharsets.UTF_8);
            if (!SnapshotJson.read(Image.of(text), "fuzz", FORMAT).equals(snapshot)) {
                throw new AssertionError("another snapshot");
            }
        } catch (MalformedJsonException _) {
            // A clear refusal.
        }
    }
}
