package igdrom.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.formats.pci.PciId;
import igdrom.hypervisor.LibvirtEdit;
import igdrom.hypervisor.LibvirtText;
import igdrom.hypervisor.VmEdit;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestSystem;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.RomFacts.VgaBios;
import igdrom.plan.vm.Versions;
import igdrom.plan.vm.VmPlan;
import igdrom.plan.vm.VmPlanner;
import igdrom.plan.vm.VmRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Real libvirts take the definitions that are written for them: their schema, and their embedded
/// driver, which makes a command line of QEMU without starting anything. They live in trees with
/// Debian's packages (see [Oracles]), and need root for a change of root.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LibvirtOracleTest {
    private static final PciId APOLLO_LAKE = PciId.intel(0x5a85);

    /// Validates a definition, and makes a command line of another.
    private static final String SCRIPT =
            "set -e; tree=$1\n"
                    + LibvirtTree.HOST
                    + """
                    printf '%s' "$3" > "$tree/tmp/d.xml"
                    printf '%s' "$4" > "$tree/tmp/tcg.xml"
                    echo "version $(chroot "$tree" /usr/bin/virsh --version)"
                    chroot "$tree" /usr/bin/xmllint --noout --relaxng \
                        /usr/share/libvirt/schemas/domain.rng /tmp/d.xml
                    chroot "$tree" /usr/bin/virsh -c 'qemu:///embed?root=/tmp/lv' \
                        domxml-to-native qemu-argv /tmp/tcg.xml
                    """;

    private List<Path> trees = List.of();

    @BeforeAll
    void find_trees() {
        trees =
                Oracles.trees().stream()
                        .filter(tree -> Files.exists(tree.resolve("usr/bin/virsh")))
                        .toList();
        assumeTrue(!trees.isEmpty(), "no tree with libvirt in IGDROM_TREES");
        assumeTrue("root".equals(System.getProperty("user.name")), "not root");
    }

    @Test
    void definitions_are_valid_and_become_the_device_that_was_planned() throws Exception {
        for (Path tree : trees) {
            for (GuestMachine machine : List.of(GuestMachine.PC, GuestMachine.Q35)) {
                String argv = argv(tree, plan(tree, machine, false));
                assertThat(argv)
                        .contains("\"driver\":\"vfio-pci\"", "\"addr\":\"0x2\"")
                        .contains("\"romfile\":\"/var/lib/libvirt/qemu/igd.rom\"")
                        .contains("\"x-igd-opregion\":true")
                        .contains("name=opt/ovmf/X-PciMmio64Mb,string=0")
                        .contains(machine == GuestMachine.PC ? "pci.0" : "pcie.0")
                        .doesNotContain("secboot", ".ms.fd");
                assertThat(argv.contains("\"x-igd-lpc\":true"))
                        .isEqualTo(machine == GuestMachine.PC);
            }
        }
    }

    @Test
    void changed_definition_is_valid_and_becomes_the_device_that_was_planned() throws Exception {
        for (Path tree : trees) {
            String old =
                    "<domain type='kvm'><name>guest</name><memory unit='GiB'>8</memory>"
                            + "<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type>"
                            + "</os><features><acpi/></features><devices>"
                            + "<graphics type='vnc'/><video><model type='virtio'/></video>"
                            + "</devices></domain>";
            VmEdit edit = LibvirtEdit.of("guest.xml", old, plan(tree, GuestMachine.Q35, false));
            assertThat(edit.refusals()).isEmpty();
            assertThat(argv(tree, edit.after()))
                    .contains("\"x-igd-opregion\":true", "\"bus\":\"pcie.0\",\"addr\":\"0x2\"");
        }
    }

    @Test
    void firmware_with_secure_boot_is_chosen_where_it_is_wanted() throws Exception {
        for (Path tree : trees) {
            String argv = argv(tree, plan(tree, GuestMachine.Q35, true));
            assertThat(argv).containsAnyOf("secboot", ".ms.fd");
        }
    }

    @Test
    void what_libvirt_makes_is_taken_by_qemu_up_to_the_device() throws Exception {
        var qemus = Oracles.qemus();
        for (Path tree : trees) {
            for (GuestMachine machine : List.of(GuestMachine.PC, GuestMachine.Q35)) {
                String argv = argv(tree, plan(tree, machine, false));
                int start = argv.indexOf("{\"driver\":\"vfio-pci\"");
                String device =
                        argv.substring(start, argv.indexOf('}', start) + 1)
                                .replace("0000:00:02.0", "ffff:00:02.0");
                for (String version : qemus.keySet()) {
                    if (!ProgramVersion.of(version).isAtLeast(new ProgramVersion(10, 0, 0))) {
                        continue;
                    }
                    Oracles.Answer answer =
                            Oracles.run(
                                    Oracles.with(
                                            qemus.getOrDefault(version, List.of()),
                                            "-accel",
                                            "tcg",
                                            "-nodefaults",
                                            "-display",
                                            "none",
                                            "-machine",
                                            machine.id(),
                                            "-device",
                                            device));
                    assertThat(answer.lastLine()).endsWith("No such file or directory");
                }
            }
        }
    }

    /// The command line that libvirt makes of the definition for TCG, after it validated the real
    /// one.
    private static String argv(Path tree, VmPlan plan) throws IOException, InterruptedException {
        return argv(tree, LibvirtText.domain(plan));
    }

    private static String argv(Path tree, String domain) throws IOException, InterruptedException {
        String tcg =
                domain.replace("type='kvm'", "type='qemu'")
                        .replaceFirst("(?s)<cpu .*?</cpu>", "<cpu mode='maximum'/>")
                        .replaceFirst("(?s)<hyperv>.*?</hyperv>", "");
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", SCRIPT, "sh"));
        command.addAll(List.of(tree.toString(), "", domain, tcg));
        Oracles.Answer answer = Oracles.run(command);
        assertThat(answer.code()).as(answer.text()).isZero();
        assertThat(answer.text()).contains("/tmp/d.xml validates");
        return answer.text();
    }

    private static VmPlan plan(Path tree, GuestMachine machine, boolean secureBoot)
            throws IOException, InterruptedException {
        String version =
                Oracles.run(List.of("chroot", tree.toString(), "/usr/bin/virsh", "--version"))
                        .lastLine();
        VmRequest request =
                VmRequest.of(Hypervisor.LIBVIRT)
                        .withVersions(
                                new Versions(
                                        new ProgramVersion(10, 1, 0),
                                        ProgramVersion.of(version),
                                        null))
                        .withMachine(machine)
                        .withFirmware(null, secureBoot)
                        .withGuest(GuestSystem.WINDOWS)
                        .withRomFile("igd.rom");
        RomFacts rom =
                new RomFacts(
                        "igd.rom",
                        List.of(APOLLO_LAKE),
                        0x030000,
                        new BuiltFor(Set.of(), APOLLO_LAKE.device(), 0, OpRegionOrigin.NONE),
                        true,
                        true,
                        VgaBios.NONE);
        return (VmPlan) VmPlanner.plan(request, null, rom);
    }
}
