package igdrom.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.fetch.testing.StableQemu;
import igdrom.formats.pci.PciId;
import igdrom.hypervisor.ProxmoxText;
import igdrom.hypervisor.QemuText;
import igdrom.hypervisor.VmReader;
import igdrom.plan.GuestMachine;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.GuestSystem;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.RomFacts.VgaBios;
import igdrom.plan.vm.Versions;
import igdrom.plan.vm.VmChecks;
import igdrom.plan.vm.VmDefinition;
import igdrom.plan.vm.VmPlan;
import igdrom.plan.vm.VmPlanner;
import igdrom.plan.vm.VmRequest;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Real QEMUs take what is written for them, up to the device that this machine does not have.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QemuOracleTest {
    private static final String HOST = "0000:00:02.0";
    private static final String MISSING = "ffff:00:02.0";

    /// Sandy Bridge, Broadwell, Coffee Lake, Alder Lake-N, Meteor Lake, Amber Lake, Apollo Lake.
    private static final List<PciId> GPUS =
            List.of(
                    PciId.intel(0x0116),
                    PciId.intel(0x1616),
                    PciId.intel(0x3e90),
                    PciId.intel(0x46d1),
                    PciId.intel(0x7d55),
                    PciId.intel(0x87c0),
                    PciId.intel(0x5a85));

    private Map<String, List<String>> qemus = Map.of();

    @BeforeAll
    void find_qemus() throws IOException, InterruptedException {
        StableQemu.findOrFetch();
        qemus = Oracles.qemus();
        assumeTrue(!qemus.isEmpty(), "no QEMU on this machine");
    }

    @Test
    void each_column_of_the_decision_table_has_its_qemu() {
        for (String column : List.of("7.2", "10.0", "11.1")) {
            assumeTrue(
                    qemus.keySet().stream().anyMatch(each -> each.startsWith(column + ".")),
                    "QEMU " + column + " was not asked, only " + qemus.keySet());
        }
    }

    @Test
    void each_qemu_takes_every_line_that_is_written_for_it() throws Exception {
        for (Map.Entry<String, List<String>> qemu : qemus.entrySet()) {
            Map<List<String>, String> lines = lines(qemu.getKey());
            assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
            for (Map.Entry<List<String>, String> line : lines.entrySet()) {
                assertAccepted(qemu.getKey(), qemu.getValue(), line.getKey(), line.getValue());
            }
        }
    }

    /// Some of it QEMU would find only once it has the device, or never.
    @Test
    void wrong_options_are_found_by_us_before_qemu_sees_them() throws Exception {
        wrong("pc", "x-igd-legacy-mode=true", "x-igd-legacy-mode", true);
        wrong("pc", "x-igd-legacy-mode=1", "x-igd-legacy-mode", true);
        wrong("q35", "x-igd-legacy-mode=on", "x-igd-legacy-mode", false);
        wrong("q35", "x-igd-lpc=on", "x-igd-lpc", false);
        wrong("pc", "x-igd-gms=0x41", "x-igd-gms", false);
    }

    private void wrong(String machine, String option, String subject, boolean seen)
            throws IOException, InterruptedException {
        for (Map.Entry<String, List<String>> qemu : qemus.entrySet()) {
            ProgramVersion version = ProgramVersion.of(qemu.getKey());
            String bus = machine.equals("q35") ? "pcie.0" : "pci.0";
            List<String> words = words(machine, bus, option);
            String line =
                    "qemu-system-x86_64 -bios x " + String.join(" ", words).replace(MISSING, HOST);
            VmDefinition vm = VmReader.read("line", line).vm();
            VmDefinition known = vm.withVersions(new Versions(version, null, null));
            assertThat(VmChecks.check(known, null, rom(PciId.intel(0x46d1))))
                    .as("%s on QEMU %s", option, version)
                    .anyMatch(problem ->
                            problem.severity() == Severity.ERROR
                                    && problem.subject().equals(subject));
            boolean knows =
                    version.isAtLeast(new ProgramVersion(10, 0, 0)) || subject.equals("x-igd-gms");
            String last = start(qemu.getValue(), words).lastLine();
            assertThat(last.contains("no such host device"))
                    .as("QEMU %s says: %s", version, last)
                    .isEqualTo(knows && !seen);
        }
    }

    @Test
    void each_qemu_of_a_release_of_proxmox_takes_its_arguments() throws Exception {
        for (GuestMachine machine : List.of(GuestMachine.PC, GuestMachine.Q35)) {
            for (Map.Entry<String, List<String>> qemu : qemus.entrySet()) {
                if (ProgramVersion.of(qemu.getKey()).isAtLeast(new ProgramVersion(10, 0, 0))) {
                    assertAccepted(qemu.getKey(), qemu.getValue(), proxmox(machine), "proxmox 9");
                }
            }
        }
    }

    @Test
    void device_lines_that_proxmox_itself_made_are_accepted() throws Exception {
        List<Path> commands = Corpus.files("hypervisors", ".conf.cmd");
        int lines = 0;
        for (Path file : commands) {
            List<String> words = ofProxmox(Corpus.image(file).latin1());
            for (Map.Entry<String, List<String>> qemu : qemus.entrySet()) {
                if (words.contains("-device")
                        && String.join(" ", words).contains("vfio-pci")
                        && ProgramVersion.of(qemu.getKey())
                                .isAtLeast(new ProgramVersion(10, 0, 0))) {
                    lines++;
                    assertAccepted(qemu.getKey(), qemu.getValue(), words, file.toString());
                }
            }
        }
        assumeTrue(lines > 0, "no QEMU from 10.0 on");
    }

    private static void assertAccepted(
            String version, List<String> qemu, List<String> words, String what)
            throws IOException, InterruptedException {
        Oracles.Answer answer = start(qemu, words);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.lastLine())
                .as("QEMU %s, %s: %s", version, what, words)
                .endsWith(
                        "vfio /sys/bus/pci/devices/"
                                + MISSING
                                + ": no such host device: No such file or directory");
    }

    private static Oracles.Answer start(List<String> qemu, List<String> words)
            throws IOException, InterruptedException {
        List<String> command =
                Oracles.with(qemu, "-accel", "tcg", "-nodefaults", "-display", "none", "-S");
        command.addAll(words);
        return Oracles.run(command);
    }

    private static List<String> words(String machine, String bus, String options) {
        return List.of(
                "-machine",
                machine,
                "-vga",
                "none",
                "-device",
                "vfio-pci,host=" + MISSING + ",bus=" + bus + ",addr=02.0," + options);
    }

    /// The lines for a QEMU, each with what it is for.
    private static Map<List<String>, String> lines(String version) {
        Map<List<String>, String> lines = new LinkedHashMap<>();
        for (PciId gpu : GPUS) {
            for (GuestMachine machine : List.of(GuestMachine.PC, GuestMachine.Q35)) {
                for (GuestFirmware firmware : GuestFirmware.values()) {
                    for (GuestSystem guest : List.of(GuestSystem.WINDOWS, GuestSystem.MACOS)) {
                        VmRequest request =
                                VmRequest.of(Hypervisor.QEMU)
                                        .withVersions(
                                                new Versions(
                                                        ProgramVersion.of(version), null, null))
                                        .withMachine(machine)
                                        .withFirmware(firmware, false)
                                        .withGuest(guest)
                                        .withRomFile("igd.rom");
                        if (VmPlanner.plan(request, null, rom(gpu)) instanceof VmPlan plan) {
                            List<String> words = new ArrayList<>();
                            words.add("-machine");
                            words.add(machine.id());
                            for (String word : QemuText.igd(plan)) {
                                words.add(word.replace(HOST, MISSING));
                            }
                            lines.putIfAbsent(words, gpu + " " + machine + " " + firmware);
                        }
                    }
                }
            }
        }
        return lines;
    }

    private static RomFacts rom(PciId gpu) {
        return new RomFacts(
                "igd.rom",
                List.of(gpu),
                0x030000,
                new BuiltFor(Set.of(), gpu.device(), 0, OpRegionOrigin.NONE),
                true,
                true,
                VgaBios.CLEARED);
    }

    /// What Proxmox VE 9 makes of our keys: the device line is that of its own code.
    private static List<String> proxmox(GuestMachine machine) {
        VmRequest request =
                VmRequest.of(Hypervisor.PROXMOX)
                        .withVersions(new Versions(null, null, new ProgramVersion(9, 0, 0)))
                        .withMachine(machine)
                        .withRomFile("igd.rom");
        Map<String, String> keys =
                ProxmoxText.keys((VmPlan) VmPlanner.plan(request, null, rom(GPUS.get(3))));
        boolean pc = machine == GuestMachine.PC;
        List<String> words = new ArrayList<>(List.of("-machine", machine.id(), "-vga", "none"));
        if (!pc) {
            words.addAll(List.of("-device", "i82801b11-bridge,id=dmi,bus=pcie.0,addr=1e.0"));
            words.addAll(List.of("-device", "pci-bridge,id=pci.0,chassis_nr=1,bus=dmi"));
        }
        words.add("-device");
        words.add(
                "vfio-pci,host="
                        + MISSING
                        + ",id=hostpci0,bus=pci.0,addr="
                        + (pc ? "0x2" : "0x10")
                        + ",romfile=/usr/share/kvm/igd.rom");
        words.addAll(List.of(String.valueOf(keys.get("args")).split(" ", -1)));
        return words;
    }

    /// The part of a command of Proxmox VE that concerns the IGD and where it is.
    private static List<String> ofProxmox(String command) {
        List<String> words = new ArrayList<>();
        boolean q35 = command.contains("type=pc-q35");
        words.addAll(List.of("-machine", q35 ? "q35" : "pc", "-vga", "none"));
        if (q35) {
            // What its file for -readconfig adds.
            words.addAll(List.of("-device", "i82801b11-bridge,id=dmi,bus=pcie.0,addr=1e.0"));
            words.addAll(List.of("-device", "pci-bridge,id=pci.0,chassis_nr=9,bus=dmi"));
            words.addAll(List.of("-device", "ioh3420,id=ich9-pcie-port-1,bus=pcie.0,addr=1c.0"));
        }
        for (String line : command.split("\n", -1)) {
            String[] parts = line.strip().split(" ", 2);
            if (parts.length < 2) {
                continue;
            }
            String value = parts[1].replaceFirst(" \\\\$", "").replace("'", "");
            if (parts[0].equals("-set")
                    || (parts[0].equals("-device")
                            && (value.startsWith("pci-bridge") || value.contains(HOST)))) {
                words.add(parts[0]);
                words.add(value.replace(HOST, MISSING));
            }
        }
        return words;
    }
}
