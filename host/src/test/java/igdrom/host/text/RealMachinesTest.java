package igdrom.host.text;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.host.Identifiers;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Real machines: their facts are what an expert read out of the same files.
class RealMachinesTest {
    /// What the expert's table, made from listings, leaves out although the log has it.
    private static final Map<String, Map<String, String>> MORE =
            Map.of(
                    "system76-bonobo-rplhx",
                    Map.ofEntries(
                            // "VF BAR 0 [...]: contains BAR 0 for 7 VFs"
                            Map.entry("igd_total_vfs", "7"),
                            // "snd_hda_intel 0000:00:1f.3: ...", "Adding to iommu group 10"
                            Map.entry(
                                    "audio_1f3",
                                    "8086:7a50 class 0403 group 10 driver snd_hda_intel"),
                            Map.entry(
                                    "other_display",
                                    "0000:02:00.0 10de:2757 class 0300 driver nouveau;"),
                            Map.entry("groups_shown", "yes"),
                            Map.entry("igd_group", "0"),
                            Map.entry("igd_group_members", "0000:00:02.0"),
                            // Two lines "DRHD base", one "RMRR base"; a log shows no scopes.
                            Map.entry("dmar_types", "0 0 1"),
                            Map.entry("drhd_igd", "none"),
                            Map.entry("igd_drhd_first", "none"),
                            Map.entry("rmrr_igd_mib", "68")));

    private static final Path MACHINES = Path.of("src/test/resources/igdrom/host/text/machines");

    /// Those whose licence allows it are among the resources.
    @TestFactory
    Stream<DynamicTest> facts_are_what_an_expert_read() throws IOException {
        return machines(MACHINES);
    }

    @TestFactory
    Stream<DynamicTest> facts_of_the_corpus_are_what_an_expert_read() throws IOException {
        Path hosts = Corpus.root().resolve("hosts");
        Assumptions.assumeTrue(Files.isDirectory(hosts), () -> "no corpus at " + hosts);
        return machines(hosts);
    }

    private static Stream<DynamicTest> machines(Path hosts) throws IOException {
        Path table = hosts.resolve("expect.tsv");
        List<String> lines = Files.readAllLines(table);
        List<String> columns = List.of(lines.getFirst().split("\t", -1));
        return lines.stream()
                .skip(1)
                .map(line -> List.of(line.split("\t", -1)))
                .map(cells ->
                        DynamicTest.dynamicTest(
                                cells.getFirst(), () -> check(hosts, columns, cells)));
    }

    private static void check(Path hosts, List<String> columns, List<String> cells)
            throws IOException {
        HostTexts texts =
                HostTexts.read(
                        TextFile.in(hosts.resolve(cells.getFirst())), NoJson.FORMAT, "a test");
        Map<String, String> found = ExpertTable.row(texts.snapshot());
        Map<String, String> expected = new LinkedHashMap<>();
        for (String column : found.keySet()) {
            expected.put(column, fact(cells.get(columns.indexOf(column))));
        }
        expected.putAll(MORE.getOrDefault(cells.getFirst(), Map.of()));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
    }

    /// The table's cell without a remark on where the expert saw it.
    private static String fact(String cell) {
        String fact = Identifiers.commandLine(cell);
        return switch (fact) {
            case "in dmesg" -> "yes";
            case "no table in dmesg" -> "no table";
            default -> fact.replace(" (dmesg)", "");
        };
    }
}
