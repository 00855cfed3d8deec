package igdrom.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.testing.Bruises;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotJsonTest {
    @TempDir Path root;

    @Test
    void snapshot_reads_back_as_it_was_written() throws IOException {
        Snapshot snapshot =
                new HostTree(root)
                        .functions()
                        .debugFiles()
                        .iomem("8d800000-917fffff : Graphics Stolen Memory")
                        .snapshot();
        Image file = SnapshotJson.write(snapshot);
        assertThat(SnapshotJson.read(file, "host.json")).isEqualTo(snapshot);
        assertThat(SnapshotJson.write(SnapshotJson.read(file, "host.json"))).isEqualTo(file);
        assertThat(file.latin1())
                .startsWith(
                        """
                        {
                          "schema" : 1,
                          "kind" : "igdrom-snapshot",
                          "measuredBy" : "a test",
                          "igd" : {
                            "address" : "0000:00:02.0",
                            "id" : {
                              "value" : "8086:3e92",
                              "source" : "/sys/bus/pci/devices/0000:00:02.0/device"
                            },
                        """)
                .endsWith("}\n");
    }

    @Test
    void what_could_not_be_read_stays_unknown() {
        Snapshot snapshot = new HostTree(root).snapshot();
        assertThat(SnapshotJson.read(SnapshotJson.write(snapshot), "host.json"))
                .isEqualTo(snapshot);
    }

    @Test
    void snapshot_written_by_hand_needs_no_more_than_what_is_known() {
        Snapshot snapshot =
                read(
                        """
                        {"schema": 1, "kind": "igdrom-snapshot",
                         "igd": {"id": {"value": "8086:46d1"}},
                         "stolenMemory": {"value": {"base": "0x7c800000", "size": "0x4000000"}}}
                        """);
        assertThat(snapshot.igd().id())
                .isEqualTo(new Fact.Known<>(PciId.intel(0x46d1), "the snapshot"));
        assertThat(snapshot.stolenMemory().value())
                .contains(new MemoryRange(0x7c80_0000, 0x400_0000));
        assertThat(snapshot.opRegion())
                .isEqualTo(new Fact.Unknown<>("the snapshot", "nothing is said of opRegion"));
        assertThat(snapshot.igd().config())
                .isEqualTo(new Fact.Unknown<>("the snapshot", "nothing is said of igd.config"));
        assertThat(snapshot.lpc().address()).isEqualTo("0000:00:1f.0");
    }

    @Test
    void what_is_no_snapshot_is_refused_with_the_place() {
        refuses("", "host.json: is not an object");
        refuses("[]", "host.json: is not an object");
        refuses("{}", "host.json: has no \"schema\"");
        refuses(
                "{\"schema\": 1",
                "host.json: line 1, column 13: not JSON: Unexpected end-of-input: expected close"
                        + " marker for Object");
        refuses("{\"schema\": 2}", "host.json: schema: is not 1");
        refuses("{\"schema\": 1}", "host.json: has no \"kind\"");
        refuses("{\"schema\": 1.5}", "host.json: schema: is not a whole number");
        refuses("{\"schema\": 1, \"kind\": \"x\"}", "host.json: kind: is not \"igdrom-snapshot\"");
        refusesIn("\"ifd\": 1", "host.json: ifd: is no field of a snapshot");
        refusesIn("\"igd\": 1", "host.json: igd: is not an object");
        refusesIn("\"igd\": {\"Id\": 1}", "host.json: igd.Id: is no field of a snapshot");
        refusesIn("\"igd\": {\"id\": \"8086:46d1\"}", "host.json: igd.id: is not an object");
        refusesIn(
                "\"igd\": {\"id\": {\"value\": \"46d1\"}}",
                "host.json: igd.id.value: \"46d1\" is not a PCI id like 8086:46d4 (lspci -nn shows"
                        + " it)");
        refusesIn(
                "\"igd\": {\"id\": {\"source\": \"x\"}}",
                "host.json: igd.id: has to have either \"value\" or \"unreadable\"");
        refusesIn(
                "\"igd\": {\"revision\": {\"value\": \"0x\"}}",
                "host.json: igd.revision.value: \"0x\" has not 2 hexadecimal digits");
        refusesIn(
                "\"igd\": {\"class\": {\"value\": 3}}",
                "host.json: igd.class.value: is not a text");
        refusesIn(
                "\"vbt\": {\"value\": \"abc\"}",
                "host.json: vbt.value: is not pairs of hexadecimal digits");
        refusesIn(
                "\"stolenMemory\": {\"value\": {\"base\": \"0x1\"}}",
                "host.json: stolenMemory.value: has no \"size\"");
        refusesIn(
                "\"stolenMemory\": {\"value\": {\"base\": \"0x1\", \"size\": \"0x0\"}}",
                "host.json: stolenMemory.value: 0x0 bytes at 0x1 are no range");
        refusesIn(
                "\"stolenMemory\": {\"value\": {\"base\": \"1\", \"size\": \"0x0\"}}",
                "host.json: stolenMemory.value.base: \"1\" is not a number like 0x8d800000");
        assertThatThrownBy(() -> read("{\"schema\": 1,,}"))
                .isInstanceOf(SnapshotException.class)
                .hasMessageStartingWith("host.json: line 1, column 14: not JSON: ");
        assertThatThrownBy(() -> read("{\"schema\": 1, \"schema\": 1}"))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("not JSON: Duplicate Object property \"schema\"");
        assertThatThrownBy(() -> read("{\"schema\": " + "[".repeat(5000)))
                .isInstanceOf(SnapshotException.class)
                .hasMessage("host.json: nested more than 16 levels deep");
        assertThatThrownBy(() -> read("{\"schema\": 1} {}"))
                .hasMessage("host.json: something follows the end of the object");
    }

    @Test
    void every_bruise_reads_or_is_refused() {
        Image file =
                Image.ofAscii(
                        """
                        {"schema": 1, "kind": "igdrom-snapshot", "measuredBy": "me",
                         "igd": {"id": {"value": "8086:46d1", "source": "\\u0041"},
                                 "class": {"unreadable": "why"}, "config": {"value": "8680"}},
                         "stolenMemory": {"value": {"base": "0x7c800000", "size": "0x4000000"}}}
                        """);
        Bruises.all(
                file,
                bruised -> {
                    try {
                        SnapshotJson.read(bruised, "host.json");
                    } catch (SnapshotException e) {
                        assertThat(e).hasMessageStartingWith("host.json: ");
                    }
                });
    }

    private static Snapshot read(String text) {
        return SnapshotJson.read(Image.ofAscii(text), "host.json");
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(SnapshotException.class)
                .hasMessage(message);
    }

    private static void refusesIn(String fields, String message) {
        refuses("{\"schema\": 1, \"kind\": \"igdrom-snapshot\", " + fields + "}", message);
    }
}
