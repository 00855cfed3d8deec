package igdrom.cli.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.host.text.HostTexts;
import igdrom.host.text.TextFile;
import igdrom.json.JsonFormat;
import igdrom.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Any pasted text can be read, and its facts survive being written to a snapshot and read back.
class TextFuzzTest {
    private static final JsonFormat FORMAT = new JacksonFormat();

    @FuzzTest(maxDuration = "5s")
    void lspci_gives_facts_that_a_snapshot_keeps(byte[] text) {
        check(text);
    }

    @FuzzTest(maxDuration = "5s")
    void kernel_log_gives_facts_that_a_snapshot_keeps(byte[] text) {
        check(text);
    }

    @FuzzTest(maxDuration = "5s")
    void pciconf_gives_facts_that_a_snapshot_keeps(byte[] text) {
        check(text);
    }

    @FuzzTest(maxDuration = "5s")
    void udevadm_gives_facts_that_a_snapshot_keeps(byte[] text) {
        check(text);
    }

    @FuzzTest(maxDuration = "5s")
    void acpi_tables_give_facts_that_a_snapshot_keeps(byte[] text) {
        check(text);
    }

    @FuzzTest(maxDuration = "5s")
    void freebsd_script_gives_facts_that_a_snapshot_keeps(byte[] text) {
        check(text);
    }

    /// The kinds of text that a file was taken for.
    static List<String> kinds(byte[] text) {
        return HostTexts.read(List.of(TextFile.of("fuzz", Image.of(text))), FORMAT, "a test")
                .files()
                .getFirst()
                .kinds();
    }

    static void check(byte[] text) {
        Snapshot snapshot;
        try {
            snapshot =
                    HostTexts.read(List.of(TextFile.of("fuzz", Image.of(text))), FORMAT, "a test")
                            .snapshot();
        } catch (MalformedJsonException _) {
            // A snapshot that is refused.
            return;
        }
        byte[] json = SnapshotJson.print(snapshot, FORMAT).getBytes(StandardCharsets.UTF_8);
        if (json.length <= SnapshotJson.MAX_SIZE
                && !SnapshotJson.read(Image.of(json), "fuzz", FORMAT).equals(snapshot)) {
            throw new AssertionError("another snapshot");
        }
    }
}
