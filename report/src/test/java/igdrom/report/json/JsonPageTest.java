package igdrom.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.json.JsonArray;
import igdrom.json.JsonBoolean;
import igdrom.json.JsonFormat;
import igdrom.json.JsonNull;
import igdrom.json.JsonNumber;
import igdrom.json.JsonObject;
import igdrom.json.JsonString;
import igdrom.json.JsonValue;
import igdrom.json.LocatedValue;
import igdrom.report.Detail;
import igdrom.report.Report;
import igdrom.report.TestReports;
import igdrom.report.TestWording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// docs/json.md has every field that is rendered, and no other.
class JsonPageTest {
    private static final Path PAGE = Path.of("../docs/json.md");

    @Test
    void inspect_is_described() throws IOException {
        describes(
                "inspect",
                TestReports.flash(null),
                TestReports.flashWithEverything(),
                TestReports.gopsOfAllKinds());
    }

    @Test
    void extract_prints_fields_of_inspect() throws IOException {
        Set<String> fields = fields(TestReports.extract());
        assertThat(described("inspect")).containsAll(fields);
        assertThat(fields).noneMatch(field -> field.startsWith("tree"));
    }

    @Test
    void vbt_show_is_described() throws IOException {
        describes("vbt show", TestReports.vbts());
    }

    @Test
    void vbt_edit_is_described() throws IOException {
        describes("vbt edit", TestReports.vbtEdit("eDP"));
    }

    @Test
    void build_is_described() throws IOException {
        describes("build", TestReports.build(), TestReports.refusal());
    }

    @Test
    void verify_is_described() throws IOException {
        describes("verify", TestReports.romCheck());
    }

    @Test
    void report_is_described() throws IOException {
        describes("report", TestReports.driverSteps());
    }

    @Test
    void test_is_described() throws IOException {
        describes("test", TestReports.test(true), TestReports.test(false));
    }

    @Test
    void bundle_is_described() throws IOException {
        describes("bundle", TestReports.bundle());
    }

    @Test
    void test_setup_is_described() throws IOException {
        describes("test --setup", TestReports.setup());
    }

    @Test
    void snapshot_is_described() throws IOException {
        describes("snapshot", TestReports.snapshot());
    }

    @Test
    void doctor_is_described() throws IOException {
        describes("doctor", TestReports.doctor());
    }

    @Test
    void failures_are_described() throws IOException {
        Set<String> fields = new TreeSet<>();
        collect(ReportJson.failure("x.bin", "no such file", 4), "", fields);
        collect(ReportJson.failure("no such file", 4), "", fields);
        assertThat(described("failures")).isEqualTo(leaves(fields));
    }

    @Test
    void document_begins_with_the_schema() {
        JsonObject answer = JsonObject.builder().put("file", "x").build();
        assertThat(ReportJson.document(answer))
                .isEqualTo(JsonObject.builder().put("schema", 1).put("file", "x").build());
        assertThat(ReportJson.document(answer).members().keySet())
                .containsExactly("schema", "file");
    }

    @Test
    void frame_of_several_files_is_that_of_a_document() {
        JsonFormat format =
                new JsonFormat() {
                    @Override
                    public LocatedValue parse(Image document, String name) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public String print(JsonValue value, Layout layout) {
                        assertThat(value)
                                .isEqualTo(
                                        JsonObject.builder()
                                                .put("schema", 1)
                                                .put("files", new JsonArray(List.of()))
                                                .build());
                        return "{\"schema\":1,\"files\":[]}";
                    }
                };
        assertThat(ReportJson.filesStart(format)).isEqualTo("{\"schema\":1,\"files\":[");
    }

    @Test
    void device_is_looked_for_in_each_gop() {
        Report report = TestReports.flash(PciId.intel(0x46d4));
        assertThat(fields(report)).contains("gops[].support.supported");
    }

    private static void describes(String command, Report... reports) throws IOException {
        assertThat(described(command)).isEqualTo(fields(reports));
    }

    private static Set<String> fields(Report... reports) {
        Set<String> fields = new TreeSet<>();
        for (Report report : reports) {
            for (Detail detail : Detail.values()) {
                collect(ReportJson.of(report, detail, new TestWording()), "", fields);
            }
        }
        return leaves(fields);
    }

    /// The fields that are not objects. An array of strings has the name of its elements.
    private static Set<String> leaves(Set<String> fields) {
        Set<String> names = new TreeSet<>();
        for (String field : fields) {
            names.add(field.endsWith("[]") ? field.substring(0, field.length() - 2) : field);
        }
        Set<String> leaves = new TreeSet<>(names);
        leaves.removeIf(leaf ->
                names.stream()
                        .anyMatch(name ->
                                name.startsWith(leaf + ".") || name.startsWith(leaf + "[].")));
        return leaves;
    }

    /// Adds the path of every member that is not an object.
    private static void collect(JsonValue value, String path, Set<String> fields) {
        switch (value) {
            case JsonObject object ->
                    object.members()
                            .forEach((name, member) ->
                                    collect(
                                            member,
                                            path.isEmpty() ? name : path + "." + name,
                                            fields));
            case JsonArray(List<JsonValue> elements) -> {
                fields.add(normal(path + "[]"));
                elements.forEach(element -> collect(element, path + "[]", fields));
            }
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> fields.add(normal(path));
        }
    }

    /// The children of a tree are described once.
    private static String normal(String path) {
        return path.replaceAll("tree(\\.children\\[])+\\.", "tree.");
    }

    /// The fields in a section of the page.
    private static Set<String> described(String section) throws IOException {
        Set<String> fields = new TreeSet<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                inside = line.equals("## " + section);
            } else if (inside && line.startsWith("| `")) {
                fields.add(line.substring(3, line.indexOf('`', 3)));
            }
        }
        assertThat(fields).isNotEmpty();
        return leaves(fields);
    }
}
