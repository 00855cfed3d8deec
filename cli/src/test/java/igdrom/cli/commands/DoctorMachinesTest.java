package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.json.JacksonFormat;
import igdrom.host.Snapshot;
import igdrom.host.linux.HostReader;
import igdrom.host.linux.HostRoot;
import igdrom.host.text.HostTexts;
import igdrom.host.text.TextFile;
import igdrom.plan.host.CheckName;
import igdrom.plan.host.Diagnosis;
import igdrom.plan.host.HostCheck;
import igdrom.plan.host.State;
import igdrom.plan.host.Verdict;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Machines of strangers: doctor names what an expert read out of the same files, and calls none
/// broken that is not.
class DoctorMachinesTest {
    private static final Set<String> UNSAID = Set.of("-", "unknown", "none");

    @TestFactory
    Stream<DynamicTest> machines_are_described_as_an_expert_does() throws IOException {
        return machines(MadeTree.MACHINES);
    }

    @TestFactory
    Stream<DynamicTest> machines_of_the_corpus_are_described_as_an_expert_does()
            throws IOException {
        return machines(corpus());
    }

    @Test
    void trees_of_a_virtual_machine_get_no_verdict_and_no_failure() throws IOException {
        Path trees = corpus().resolve("real-sysfs-tcg");
        for (String name : List.of("1-firmware-framebuffer", "2-vfio-pci-bound")) {
            Snapshot facts = new HostReader(HostRoot.of(trees.resolve(name))).read("a test");
            Diagnosis diagnosis = Diagnosis.of(facts);
            assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(failed(diagnosis)).isEmpty();
        }
    }

    private static Path corpus() {
        Path hosts = Corpus.root().resolve("hosts");
        Assumptions.assumeTrue(Files.isDirectory(hosts), () -> "no corpus at " + hosts);
        return hosts;
    }

    private static Stream<DynamicTest> machines(Path hosts) throws IOException {
        List<String> lines = Files.readAllLines(hosts.resolve("expect.tsv"));
        List<String> columns = List.of(lines.getFirst().split("\t", -1));
        return lines.stream()
                .skip(1)
                .map(line -> List.of(line.split("\t", -1)))
                .map(cells ->
                        DynamicTest.dynamicTest(
                                cells.getFirst(), () -> check(hosts, new Row(columns, cells))));
    }

    /// A row of the expert's table.
    private record Row(List<String> columns, List<String> cells) {
        String get(String column) {
            return cells.get(columns.indexOf(column));
        }
    }

    private static void check(Path hosts, Row row) throws IOException {
        Path machine = hosts.resolve(row.get("machine"));
        Snapshot facts =
                HostTexts.read(TextFile.in(machine), new JacksonFormat(), "a test").snapshot();
        Diagnosis diagnosis = Diagnosis.of(facts);
        assertThat(failed(diagnosis)).isEqualTo(broken(row));
        Map<CheckName, String> texts = new EnumMap<>(CheckName.class);
        diagnosis.checks().forEach(check -> texts.put(check.name(), check.text()));
        if (row.get("bgrt").startsWith("yes") && texts.containsKey(CheckName.BOOT_MODE)) {
            assertThat(texts.get(CheckName.BOOT_MODE)).contains("BGRT");
        }
        if (UNSAID.contains(row.get("igd"))) {
            return;
        }
        assertThat(diagnosis.name()).contains(said(row, "igd_id"));
        assertThat(texts.get(CheckName.PRIMARY_DISPLAY)).contains("class " + row.get("igd_class"));
        for (String display : row.get("other_display").split(";", -1)) {
            assertThat(texts.get(CheckName.PRIMARY_DISPLAY)).contains(address(display));
        }
        assertThat(texts.get(CheckName.BRIDGES))
                .contains(said(row, "hostbridge_id"), said(row, "lpc_id"));
        boolean vmd = !UNSAID.contains(row.get("vmd"));
        assertThat(texts.getOrDefault(CheckName.BRIDGES, "").contains("VMD")).isEqualTo(vmd);
        assertThat(texts.getOrDefault(CheckName.IOMMU_GROUP, ""))
                .contains(
                        row.get("igd_group").equals("-")
                                ? ""
                                : "group " + row.get("igd_group") + " is the IGD alone");
        assertThat(texts.getOrDefault(CheckName.ADDRESS_WIDTH, ""))
                .contains(said(row, "host_width"));
        String memory = texts.getOrDefault(CheckName.STOLEN_MEMORY, "");
        if (row.get("rmrr_igd_base").equals("none")) {
            assertThat(memory).contains("an RMRR is not to be expected");
        } else if (!row.get("rmrr_igd_base").equals("-")) {
            assertThat(memory)
                    .contains(
                            "0x%s-0x%s"
                                    .formatted(row.get("rmrr_igd_base"), row.get("rmrr_igd_end")));
        }
        String audio = texts.getOrDefault(CheckName.AUDIO, "");
        for (String device : List.of("audio_1f3", "audio_03")) {
            if (!UNSAID.contains(row.get(device))) {
                assertThat(audio).contains(device.equals("audio_03") ? "00:03.0" : "00:1f.3");
            }
        }
        for (String other : row.get("audio_other").split(" ", -1)) {
            if (other.startsWith("0000:00:")) {
                assertThat(audio).contains(other.substring(5));
            }
        }
    }

    /// What really is in the way: no IGD, or no IOMMU.
    private static Set<CheckName> broken(Row row) {
        Set<CheckName> broken = EnumSet.noneOf(CheckName.class);
        if (row.get("igd").equals("none")) {
            broken.add(CheckName.DEVICE);
        }
        if (row.get("dmar").startsWith("no table")) {
            broken.add(CheckName.IOMMU);
        }
        return broken;
    }

    private static Set<CheckName> failed(Diagnosis diagnosis) {
        Set<CheckName> failed = EnumSet.noneOf(CheckName.class);
        for (HostCheck check : diagnosis.checks()) {
            if (check.state() == State.FAILURE) {
                failed.add(check.name());
            }
        }
        return failed;
    }

    /// A cell, or nothing where it says nothing.
    private static String said(Row row, String column) {
        String cell = row.get(column);
        return UNSAID.contains(cell) ? "" : cell;
    }

    /// `01:00.0` of `0000:01:00.0 10de:1b06 class 0300 driver nvidia`.
    private static String address(String display) {
        String text = display.strip();
        return UNSAID.contains(text) || text.isEmpty() ? "" : text.split(" ", 2)[0].substring(5);
    }
}
