package igdrom.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.json.JacksonFormat;
import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.formats.pci.PciId;
import igdrom.host.Snapshot;
import igdrom.host.text.HostTexts;
import igdrom.host.text.TextFile;
import igdrom.hypervisor.ConfigPart;
import igdrom.hypervisor.Configurations;
import igdrom.hypervisor.LibvirtText;
import igdrom.hypervisor.ProxmoxText;
import igdrom.hypervisor.QemuText;
import igdrom.hypervisor.VmReader;
import igdrom.knowledge.Knowledge;
import igdrom.plan.GuestMachine;
import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.RomFacts.VgaBios;
import igdrom.plan.vm.Versions;
import igdrom.plan.vm.VmChecks;
import igdrom.plan.vm.VmDefinition;
import igdrom.plan.vm.VmPlan;
import igdrom.plan.vm.VmPlanner;
import igdrom.plan.vm.VmProblem;
import igdrom.plan.vm.VmRequest;
import igdrom.plan.vm.VmResult;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Every host that strangers published gets a configuration for every hypervisor that can have its
/// GPU, and each is judged: by our own checks, by QEMU and by the schema of libvirt.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostConfigurationsTest {
    private static final Path FIXTURES =
            Path.of("../host/src/test/resources/igdrom/host/text/machines");

    /// Source: FreeBSD, usr.sbin/bhyve/amd64/pci_gvt-d.c.
    private static final int FIRST_UNKNOWN_TO_BHYVE = 1260;

    private static final Set<String> UNSAID = Set.of("-", "unknown", "none", "no");

    /// A host: its directory, its facts, and what an expert read out of the same files.
    private record Host(Path directory, Snapshot facts, Map<String, String> expected) {
        @Nullable PciId gpu() {
            return facts.igd().id().value().orElse(null);
        }

        boolean isKnownToBhyve() {
            PciId gpu = gpu();
            return gpu != null
                    && Knowledge.platformOf(gpu)
                            .filter(each -> each.graphicsVersion() < FIRST_UNKNOWN_TO_BHYVE)
                            .isPresent();
        }

        String expected(String column) {
            return expected.getOrDefault(column, "-");
        }
    }

    private final Map<String, Host> hosts = new TreeMap<>();

    @BeforeAll
    void read_hosts() throws IOException {
        add(FIXTURES);
        Path corpus = Corpus.root().resolve("hosts");
        if (Files.isDirectory(corpus)) {
            add(corpus);
        }
        assertThat(hosts).hasSizeGreaterThanOrEqualTo(10);
    }

    private void add(Path machines) throws IOException {
        List<String> lines = Files.readAllLines(machines.resolve("expect.tsv"));
        String[] columns = lines.getFirst().split("\t", -1);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Map<String, String> expected = new LinkedHashMap<>();
            for (int i = 0; i < columns.length; i++) {
                expected.put(columns[i], cells[i]);
            }
            Path directory = machines.resolve(cells[0]);
            HostTexts texts = HostTexts.read(TextFile.in(directory), new JacksonFormat(), "a test");
            hosts.put(cells[0], new Host(directory, texts.snapshot(), expected));
        }
    }

    private Stream<Host> withGpu() {
        return hosts.values().stream().filter(host -> host.gpu() != null);
    }

    @Test
    void command_ends_with_a_configuration_or_with_the_reason_why_there_is_none() {
        for (Host host : hosts.values()) {
            for (Hypervisor hypervisor : Hypervisor.values()) {
                Session session =
                        Session.of(
                                "config",
                                "--for=" + hypervisor.id(),
                                "--from=" + host.directory,
                                "--color=never");
                String what = host.directory.getFileName() + " on " + hypervisor.id();
                if (host.gpu() == null) {
                    assertThat(session.code()).as(what).isEqualTo(ExitCode.NO);
                    assertThat(session.err())
                            .as(what)
                            .contains("do not say which GPU it has", "--device names it");
                } else if (hypervisor == Hypervisor.BHYVE && !host.isKnownToBhyve()) {
                    assertThat(session.code()).as(what).isEqualTo(ExitCode.NO);
                    assertThat(session.err()).as(what).contains("bhyve does not know this GPU");
                } else {
                    assertThat(session.code()).as(what + session.err()).isEqualTo(ExitCode.OK);
                    assertThat(session.out())
                            .as(what)
                            .contains(String.valueOf(host.gpu()))
                            .doesNotContain("null", "Optional", "%s");
                }
            }
        }
    }

    @Test
    void own_checks_find_no_error_in_what_is_written() {
        int definitions = 0;
        for (Host host : withGpu().toList()) {
            for (Hypervisor hypervisor : Hypervisor.values()) {
                for (GuestMachine machine : machines(hypervisor)) {
                    RomFacts rom = rom(host);
                    VmRequest request =
                            VmRequest.of(hypervisor)
                                    .withMachine(machine)
                                    .withRomFile("/tmp/igd.rom");
                    VmResult result = VmPlanner.plan(request, host.facts, rom);
                    if (!(result instanceof VmPlan plan)) {
                        assertThat(hypervisor).isEqualTo(Hypervisor.BHYVE);
                        assertThat(host.isKnownToBhyve()).isFalse();
                        continue;
                    }
                    VmDefinition read = VmReader.read("a test", definition(plan)).vm();
                    assertThat(read.igd()).isNotNull();
                    List<VmProblem> problems =
                            VmChecks.check(
                                    read.withVersions(plan.definition().versions()),
                                    host.facts,
                                    rom);
                    assertThat(problems)
                            .as("%s on %s %s", host.directory, hypervisor, machine)
                            .noneMatch(problem -> problem.severity() == Severity.ERROR);
                    definitions++;
                }
            }
        }
        assertThat(definitions).isGreaterThan(60);
    }

    @Test
    void guest_has_no_more_address_bits_than_the_expert_found() {
        int judged = 0;
        for (Host host : withGpu().toList()) {
            String width = host.expected("host_width");
            if (!UNSAID.contains(width)) {
                VmPlan plan =
                        (VmPlan) VmPlanner.plan(VmRequest.of(Hypervisor.QEMU), host.facts, null);
                assertThat(plan.addressWidth().bits())
                        .as(host.directory.toString())
                        .isEqualTo(Integer.parseInt(width));
                judged++;
            }
        }
        assertThat(judged).isPositive();
    }

    @Test
    void sound_function_that_the_expert_found_is_given_or_refused_for_its_group() {
        int judged = 0;
        for (Host host : withGpu().toList()) {
            boolean sound =
                    Stream.of("audio_1f3", "audio_03", "audio_other")
                            .anyMatch(column -> !UNSAID.contains(host.expected(column)));
            VmResult result =
                    VmPlanner.plan(VmRequest.of(Hypervisor.QEMU).withAudio(true), host.facts, null);
            if (sound) {
                judged++;
                if (result instanceof VmPlan plan) {
                    assertThat(plan.definition().others()).as(host.directory.toString()).hasSize(1);
                } else {
                    assertThat(((VmResult.Refused) result).messages())
                            .as(host.directory.toString())
                            .extracting(PlanMessage::text)
                            .anyMatch(text -> text.contains("IOMMU group"));
                }
            }
        }
        assertThat(judged).isGreaterThan(5);
    }

    @Test
    void each_qemu_takes_the_line_of_each_host() throws Exception {
        Map<String, List<String>> qemus = Oracles.qemus();
        assumeTrue(!qemus.isEmpty(), "no QEMU on this machine");
        for (Map.Entry<String, List<String>> qemu : qemus.entrySet()) {
            Set<List<String>> lines = new LinkedHashSet<>();
            for (Host host : withGpu().toList()) {
                for (GuestMachine machine : machines(Hypervisor.QEMU)) {
                    VmRequest request =
                            VmRequest.of(Hypervisor.QEMU)
                                    .withVersions(
                                            new Versions(
                                                    ProgramVersion.of(qemu.getKey()), null, null))
                                    .withMachine(machine)
                                    .withRomFile("igd.rom");
                    if (VmPlanner.plan(request, host.facts, rom(host)) instanceof VmPlan plan) {
                        List<String> words = new ArrayList<>(List.of("-machine", machine.id()));
                        QemuText.igd(plan)
                                .forEach(word -> words.add(word.replace("0000:", "ffff:")));
                        lines.add(words);
                    }
                }
            }
            assertThat(lines).isNotEmpty();
            for (List<String> line : lines) {
                List<String> command =
                        Oracles.with(qemu.getValue(), "-accel", "tcg", "-nodefaults", "-S");
                command.addAll(List.of("-display", "none"));
                command.addAll(line);
                assertThat(Oracles.run(command).lastLine())
                        .as("QEMU %s: %s", qemu.getKey(), line)
                        .contains("ffff:00:02.0: no such host device");
            }
        }
    }

    @Test
    void schema_of_libvirt_takes_the_definition_of_each_host() throws Exception {
        List<Path> trees =
                Oracles.trees().stream()
                        .filter(tree -> Files.exists(tree.resolve("usr/bin/xmllint")))
                        .toList();
        assumeTrue(!trees.isEmpty(), "no tree with libvirt in IGDROM_TREES");
        for (Path tree : trees) {
            String version =
                    Oracles.run(List.of("chroot", tree.toString(), "/usr/bin/virsh", "--version"))
                            .lastLine();
            Set<String> domains = domains(ProgramVersion.of(version));
            Path directory = Files.createTempDirectory(tree.resolve("tmp"), "domains");
            List<String> command = new ArrayList<>(List.of("chroot", tree.toString()));
            command.addAll(List.of("/usr/bin/xmllint", "--noout", "--relaxng"));
            command.add("/usr/share/libvirt/schemas/domain.rng");
            List<Path> files = new ArrayList<>();
            for (String domain : domains) {
                Path file = directory.resolve(files.size() + ".xml");
                files.add(Files.writeString(file, domain));
                command.add("/" + tree.relativize(file));
            }
            Oracles.Answer answer = Oracles.run(command);
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(directory);
            assertThat(answer.code()).as(answer.text()).isZero();
        }
    }

    /// The definitions for a version of libvirt, without comments, which differ for each host.
    private Set<String> domains(ProgramVersion libvirt) {
        Set<String> domains = new LinkedHashSet<>();
        for (Host host : withGpu().toList()) {
            for (GuestMachine machine : machines(Hypervisor.LIBVIRT)) {
                VmRequest request =
                        VmRequest.of(Hypervisor.LIBVIRT)
                                .withVersions(new Versions(null, libvirt, null))
                                .withMachine(machine)
                                .withRomFile("igd.rom");
                VmPlan plan = (VmPlan) VmPlanner.plan(request, host.facts, rom(host));
                domains.add(LibvirtText.domain(plan).replaceAll("(?s)<!--.*?-->", ""));
            }
        }
        return domains;
    }

    private static List<GuestMachine> machines(Hypervisor hypervisor) {
        return hypervisor == Hypervisor.BHYVE
                ? List.of(GuestMachine.BHYVE)
                : List.of(GuestMachine.PC, GuestMachine.Q35);
    }

    /// A ROM for the host's GPU, with a GOP.
    private static RomFacts rom(Host host) {
        PciId gpu = host.facts.igd().id().value().orElseThrow();
        return new RomFacts(
                "/tmp/igd.rom",
                List.of(gpu),
                0x030000,
                new BuiltFor(Set.of(), gpu.device(), 0, OpRegionOrigin.NONE),
                true,
                true,
                VgaBios.NONE);
    }

    /// What a user would have in the end.
    private static String definition(VmPlan plan) {
        return switch (plan.definition().hypervisor()) {
            case QEMU -> "qemu-system-x86_64 " + String.join(" ", QemuText.arguments(plan));
            case LIBVIRT -> LibvirtText.domain(plan);
            case PROXMOX -> {
                StringBuilder text = new StringBuilder();
                ProxmoxText.keys(plan)
                        .forEach((key, value) -> text.append(key + ": " + value + "\n"));
                yield text + "memory: " + plan.memoryMiB() + "\n";
            }
            case BHYVE ->
                    Configurations.write(plan).stream()
                            .map(ConfigPart::text)
                            .filter(text -> text.startsWith("#!/bin/sh"))
                            .findFirst()
                            .orElseThrow();
        };
    }
}
