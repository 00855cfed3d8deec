package igdrom.cli.json;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.MemoryRange;
import igdrom.host.NotRead;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.json.JsonArray;
import igdrom.json.JsonBoolean;
import igdrom.json.JsonNull;
import igdrom.json.JsonNumber;
import igdrom.json.JsonObject;
import igdrom.json.JsonString;
import igdrom.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Files of schema 1: one of the first igdrom, one with every fact.
class SnapshotFileTest {
    private static final JacksonFormat FORMAT = new JacksonFormat();

    @Test
    void file_of_the_first_igdrom_is_still_read() throws IOException {
        Snapshot old = read("old-snapshot.json");
        String device = "/sys/bus/pci/devices/0000:00:02.0/";
        assertThat(old.measuredBy()).isEqualTo("igdrom 0.1.0");
        assertThat(old.igd().id())
                .isEqualTo(new Fact.Known<>(PciId.intel(0x3e92), device + "device"));
        assertThat(old.igd().config().value().orElseThrow().size()).isEqualTo(256);
        assertThat(old.lpc().id().value()).contains(PciId.intel(0xa304));
        assertThat(old.opRegion().source()).isEqualTo("/sys/kernel/debug/dri/0/i915_opregion");
        assertThat(old.opRegion().value()).isPresent();
        assertThat(old.vbt().value()).isPresent();
        assertThat(old.stolenMemory().value()).contains(new MemoryRange(0x8d80_0000L, 64 << 20));
        assertThat(old.vfio().loaded())
                .isEqualTo(new Fact.Unknown<>("the snapshot", "has no vfio.loaded"));
        assertThat(old.pci().others())
                .isEqualTo(new Fact.Unknown<>("the snapshot", "has no otherFunctions"));
    }

    @Test
    void file_with_every_fact_is_printed_as_it_was_read() throws IOException {
        assertThat(SnapshotJson.print(read("whole-snapshot.json"), FORMAT))
                .isEqualTo(new String(bytes("whole-snapshot.json"), StandardCharsets.UTF_8));
    }

    @Test
    void every_field_is_described() throws IOException {
        String page = Files.readString(Path.of("../docs/snapshot.md"));
        Set<String> names = new TreeSet<>();
        JsonValue document = FORMAT.parse(Image.of(bytes("whole-snapshot.json")), "x").value();
        collect(document, names);
        assertThat(names).hasSizeGreaterThan(80);
        for (String name : names) {
            if (!name.startsWith("CONFIG_")) {
                assertThat(page)
                        .as(name)
                        .containsPattern("`" + name + "`|\"" + name + "\"|\\." + name + "`");
            }
        }
    }

    @Test
    void what_is_never_read_is_in_every_file_and_on_the_page() throws IOException {
        String page = Files.readString(Path.of("../docs/snapshot.md"));
        String printed = SnapshotJson.print(Snapshot.unknown("a test", "x", "y"), FORMAT);
        for (NotRead one : NotRead.ALL) {
            assertThat(printed).contains(one.source(), one.reason());
            String name = one.source().substring(one.source().lastIndexOf('/') + 1);
            assertThat(page).contains(name.replace("-*", ""));
        }
    }

    private static void collect(JsonValue value, Set<String> names) {
        switch (value) {
            case JsonObject(Map<String, JsonValue> members) -> {
                names.addAll(members.keySet());
                members.values().forEach(member -> collect(member, names));
            }
            case JsonArray(List<JsonValue> elements) ->
                    elements.forEach(element -> collect(element, names));
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> {}
        }
    }

    private static Snapshot read(String name) throws IOException {
        return SnapshotJson.read(Image.of(bytes(name)), name, FORMAT);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = SnapshotFileTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }
}
