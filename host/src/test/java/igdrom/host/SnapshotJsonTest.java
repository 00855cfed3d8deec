package igdrom.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.formats.pci.PciId;
import igdrom.host.linux.HostTree;
import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.json.JsonValue;
import igdrom.json.LocatedValue;
import igdrom.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
        JsonObject document = SnapshotJson.write(snapshot);
        assertThat(read(document)).isEqualTo(snapshot);
        assertThat(SnapshotJson.write(read(document))).isEqualTo(document);
        assertThat(document.members().keySet())
                .containsExactly(
                        "schema",
                        "kind",
                        "measuredBy",
                        "igd",
                        "hostBridge",
                        "lpc",
                        "otherFunctions",
                        "opRegion",
                        "vbt",
                        "stolenMemory",
                        "framebufferHolders",
                        "connectors",
                        "users",
                        "rom",
                        "iommu",
                        "firmware",
                        "vfio",
                        "kernel",
                        "machine",
                        "hypervisors",
                        "image",
                        "notRead");
        LocatedValue igd = LocatedValue.root("host.json", document).required("igd");
        assertThat(igd.required("address").string()).isEqualTo("0000:00:02.0");
        assertThat(igd.required("id").value())
                .isEqualTo(
                        object("value", "8086:3e92")
                                .put("source", "/sys/bus/pci/devices/0000:00:02.0/device")
                                .build());
    }

    @Test
    void unknown_facts_stay_unknown() {
        Snapshot snapshot = new HostTree(root).snapshot();
        JsonObject document = SnapshotJson.write(snapshot);
        assertThat(read(document)).isEqualTo(snapshot);
        assertThat(document.toString()).doesNotContain("{value=").contains("no such file");
    }

    @Test
    void snapshot_written_by_hand_needs_only_what_is_known() {
        Snapshot snapshot =
                read(
                        snapshotWith("igd", object("id", object("value", "8086:46d1").build()))
                                .put(
                                        "stolenMemory",
                                        object("value", range("0x7c800000", "0x4000000")).build())
                                .build());
        assertThat(snapshot.igd().id())
                .isEqualTo(new Fact.Known<>(PciId.intel(0x46d1), "the snapshot"));
        assertThat(snapshot.stolenMemory().value())
                .contains(new MemoryRange(0x7c80_0000, 0x400_0000));
        assertThat(snapshot.opRegion())
                .isEqualTo(new Fact.Unknown<>("the snapshot", "has no opRegion"));
        assertThat(snapshot.igd().config())
                .isEqualTo(new Fact.Unknown<>("the snapshot", "has no igd.config"));
        assertThat(snapshot.lpc().address()).isEqualTo("0000:00:1f.0");
    }

    @Test
    void document_that_is_not_a_snapshot_is_refused_with_the_location() {
        refuses(new JsonArray(List.of()), "host.json: is not an object");
        refuses(JsonObject.builder().build(), "host.json: has no \"schema\"");
        refuses(JsonObject.builder().put("schema", 2).build(), "host.json: schema: is not 1");
        refuses(JsonObject.builder().put("schema", 1).build(), "host.json: has no \"kind\"");
        refuses(
                JsonObject.builder().put("schema", "1").build(),
                "host.json: schema: is not a whole number");
        refuses(
                JsonObject.builder().put("schema", 1).put("kind", "x").build(),
                "host.json: kind: is not \"igdrom-snapshot\"");
        refusesWith("ifd", JsonValue.of(1), "host.json: ifd: unknown field");
        refusesWith("igd", JsonValue.of(1), "host.json: igd: is not an object");
        refusesWith(
                "igd",
                JsonObject.builder().put("Id", 1).build(),
                "host.json: igd.Id: unknown field");
        refusesWith(
                "igd", object("id", "8086:46d1").build(), "host.json: igd.id: is not an object");
        refusesFact(
                "igd",
                "id",
                object("value", "46d1"),
                "host.json: igd.id.value: \"46d1\" is not a PCI id like 8086:46d4 (lspci -nn shows"
                        + " it)");
        refusesFact(
                "igd",
                "id",
                object("source", "x"),
                "host.json: igd.id: needs either \"value\" or \"unreadable\"");
        refusesFact(
                "igd",
                "revision",
                object("value", "0x"),
                "host.json: igd.revision.value: is \"0x\", not 2 hexadecimal digits");
        refusesFact(
                "igd",
                "class",
                JsonObject.builder().put("value", 3),
                "host.json: igd.class.value: is not a string");
        refusesWith(
                "vbt",
                object("value", "abc").build(),
                "host.json: vbt.value: is not pairs of hexadecimal digits");
        refusesRange(object("base", "0x1"), "host.json: stolenMemory.value: has no \"size\"");
        refusesRange(
                object("base", "0x1").put("size", "0x0"),
                "host.json: stolenMemory.value: 0x0 bytes at 0x1 are not a range of memory");
        refusesRange(
                object("base", "1").put("size", "0x0"),
                "host.json: stolenMemory.value.base: is \"1\", not a number like 0x8d800000");
    }

    private static JsonObject.Builder object(String name, String value) {
        return JsonObject.builder().put(name, value);
    }

    private static JsonObject.Builder object(String name, JsonValue value) {
        return JsonObject.builder().put(name, value);
    }

    private static JsonObject range(String base, String size) {
        return object("base", base).put("size", size).build();
    }

    private static JsonObject.Builder snapshotWith(String name, JsonObject.Builder value) {
        return snapshot().put(name, value.build());
    }

    private static JsonObject.Builder snapshot() {
        return JsonObject.builder().put("schema", 1).put("kind", "igdrom-snapshot");
    }

    private static Snapshot read(JsonValue document) {
        return SnapshotJson.read(LocatedValue.root("host.json", document));
    }

    private static void refuses(JsonValue document, String message) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(message);
    }

    private static void refusesWith(String name, JsonValue value, String message) {
        refuses(snapshot().put(name, value).build(), message);
    }

    private static void refusesFact(
            String function, String name, JsonObject.Builder fact, String message) {
        refusesWith(function, object(name, fact.build()).build(), message);
    }

    private static void refusesRange(JsonObject.Builder range, String message) {
        refusesWith("stolenMemory", object("value", range.build()).build(), message);
    }
}
