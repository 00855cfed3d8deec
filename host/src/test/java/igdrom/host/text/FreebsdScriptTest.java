package igdrom.host.text;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.formats.acpi.Dmar;
import igdrom.formats.pci.PciId;
import igdrom.host.BootLoader;
import igdrom.host.Fact;
import igdrom.host.MemoryRange;
import igdrom.host.OperatingSystem;
import igdrom.host.Snapshot;
import igdrom.host.VirtualFunctions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script runs in a shell with commands that print what FreeBSD's print.
class FreebsdScriptTest {
    private static final String MAC = "00:e0:4c:68:01:02";
    private static final String UUID = "0fc63daf-8483-4772-8e79-3d69d8477de4";

    private static final Map<String, String> COMMANDS =
            Map.of(
                    "hostname",
                    "echo igor.example.org",
                    "uname",
                    "echo FreeBSD 14.1-RELEASE-p3 amd64",
                    "sysctl",
                    """
                    case "$2" in
                    hw.model) echo "hw.model: Intel(R) Celeron(R) N5105 @ 2.00GHz" ;;
                    hw.intel_graphics_stolen_base) echo "$2: 2088763392" ;;
                    hw.intel_graphics_stolen_size) echo "$2: 67108864" ;;
                    machdep.bootmethod) echo "$2: UEFI" ;;
                    kern.vm_guest) echo "$2: none" ;;
                    esac\
                    """,
                    "kenv",
                    """
                    case "$2" in
                    smbios.system.maker) echo AZW ;;
                    smbios.system.product) echo U59 ;;
                    *) exit 1 ;;
                    esac\
                    """,
                    "kldstat",
                    """
                    echo "Id Refs Address                Size Name"
                    echo " 1   70 0xffffffff80200000  1d345a8 kernel"
                    echo " 2    1 0xffffffff81f36000   2a5b10 vmm.ko\"\
                    """,
                    "acpidump",
                    """
                    printf '/*\\n  MSDM: Length=85, Revision=3, Checksum=1,\\n\\tKEY=AAAAA-BBBBB\\n */\\n'
                    printf '/*\\n  FACP: Length=276, Revision=6, Checksum=1,\\n */\\n'
                    printf '/*\\n  APIC: Length=114, Revision=3, Checksum=1,\\n */\\n'
                    printf '/*\\n  DMAR: Length=136, Revision=1, Checksum=1,\\n\\tOEMID=INTEL,\\n'
                    printf '\\tHost Address Width=39\\n\\tFlags={INTR_REMAP}\\n'
                    printf '\\n\\tType=DRHD\\n\\tLength=24\\n\\tFlags={}\\n\\tSegment=0\\n'
                    printf '\\tAddress=0x00000000fed90000\\n\\tDevice Scope:\\n'
                    printf '\\t\\tType=PCI Endpoint Device\\n\\t\\tLength=8\\n\\t\\tEnumerationId=0\\n'
                    printf '\\t\\tStartBusNumber=0\\n\\t\\tPath={2:0}\\n'
                    printf '\\n\\tType=DRHD\\n\\tLength=32\\n\\tFlags={INCLUDE_ALL}\\n\\tSegment=0\\n'
                    printf '\\tAddress=0x00000000fed91000\\n\\tDevice Scope:\\n'
                    printf '\\t\\tType=IOAPIC\\n\\t\\tLength=8\\n\\t\\tEnumerationId=2\\n'
                    printf '\\t\\tStartBusNumber=240\\n\\t\\tPath={31:0}\\n'
                    printf '\\n\\tType=RMRR\\n\\tLength=32\\n\\tSegment=0\\n'
                    printf '\\tBaseAddress=0x000000007c000000\\n\\tLimitAddress=0x00000000807fffff\\n'
                    printf '\\tDevice Scope:\\n\\t\\tType=PCI Endpoint Device\\n\\t\\tLength=8\\n'
                    printf '\\t\\tEnumerationId=0\\n\\t\\tStartBusNumber=0\\n\\t\\tPath={2:0}\\n'
                    printf '\\n\\tType=6\\n\\tLength=16\\n */\\n'\
                    """,
                    "pciconf",
                    """
                    id() { printf 'vendor=0x8086 device=0x%s subvendor=0x8086 subdevice=0x7270\\n' "$1"; }
                    if [ "$1" = -lvbc ]; then
                        printf 'hostb0@pci0:0:0:0:\\tclass=0x060000 rev=0x00 hdr=0x00 '; id 4e24
                        printf 'ppt0@pci0:0:2:0:\\tclass=0x030000 rev=0x01 hdr=0x00 '; id 4e61
                        printf '    cap 05[ac] = MSI supports 1 message\\n'
                        printf '    ecap 0003[100] = Serial 1 00e04cffff680102\\n'
                        printf 'isab0@pci0:0:31:0:\\tclass=0x060100 rev=0x01 hdr=0x00 '; id 4d87
                        exit
                    fi
                    [ "$3" = 0x0:0xfc ] || exit 2
                    case "$2" in
                    pci0:0:0:0)
                        i=0
                        while [ $i -lt 64 ]; do
                            i=$((i + 1))
                            if [ $i = 1 ]; then printf '4e248086'; elif [ $i = 21 ]; then printf '000002c3'; else printf '00000000'; fi
                            [ $((i % 8)) != 0 ] || printf ' '
                            if [ $((i % 4)) = 0 ]; then echo; else printf ' '; fi
                        done ;;
                    *) echo "pciconf: ioctl(PCIOCREAD): Operation not permitted" >&2; exit 1 ;;
                    esac\
                    """);

    @TempDir Path directory;

    @Test
    void script_records_what_the_reader_reads() throws Exception {
        Snapshot host = Pasted.snapshot(run());
        assertThat(host.machine().system().value()).contains(OperatingSystem.FREEBSD);
        assertThat(host.machine().bootLoader().value()).contains(BootLoader.FREEBSD_LOADER);
        assertThat(host.machine().processor().value())
                .contains("Intel(R) Celeron(R) N5105 @ 2.00GHz");
        assertThat(host.machine().virtual().value()).contains(false);
        assertThat(host.kernel().release().value()).contains("14.1-RELEASE-p3");
        assertThat(host.kernel().modules().value()).contains(List.of("kernel", "vmm"));
        assertThat(host.firmware().uefi().value()).contains(true);
        assertThat(host.firmware().vendor().value()).contains("AZW");
        assertThat(host.firmware().product().value()).contains("U59");
        assertThat(host.firmware().bootLogo().value()).contains(false);
        assertThat(host.stolenMemory().value()).contains(new MemoryRange(0x7c800000L, 64 << 20));
        assertThat(host.igd().id().value()).contains(PciId.intel(0x4e61));
        assertThat(host.igd().use().driver().value()).contains(Optional.of("ppt"));
        assertThat(host.igd().use().virtualFunctions().value())
                .contains(new VirtualFunctions(0, 0));
        assertThat(host.lpc().id().value()).contains(PciId.intel(0x4d87));
        Image config = host.hostBridge().config().value().orElseThrow();
        assertThat(config.size()).isEqualTo(256);
        assertThat(config.u32(0)).isEqualTo(0x4e248086L);
        assertThat(config.u32(0x50)).isEqualTo(0x2c3);
        assertThat(host.igd().config())
                .isInstanceOfSatisfying(
                        Fact.Unknown.class,
                        unknown ->
                                assertThat(unknown.reason())
                                        .isEqualTo(
                                                "pciconf: ioctl(PCIOCREAD): Operation not"
                                                        + " permitted"));
        assertThat(host.vfio().configured().value())
                .contains(
                        List.of(
                                "/boot/loader.conf: vmm_load=\"YES\"",
                                "/boot/loader.conf: pptdevs=\"0/2/0\"",
                                "/boot/loader.conf.d/drm.conf: i915kms_load=\"NO\" # removed",
                                "/etc/rc.conf: kld_list=\"i915kms\""));
        assertThat(host.iommu().dmar().value())
                .contains(
                        Optional.of(
                                new Dmar(
                                        39,
                                        List.of(
                                                new Dmar.Unit(
                                                        0xfed90000L,
                                                        false,
                                                        List.of("0000:00:02.0")),
                                                new Dmar.Unit(0xfed91000L, true, List.of())),
                                        List.of(
                                                new Dmar.ReservedMemory(
                                                        0x7c000000L,
                                                        0x807fffffL,
                                                        List.of("0000:00:02.0"))),
                                        List.of(0, 0, 1, 6))));
    }

    @Test
    void output_has_no_identifiers_and_no_licence_key() throws Exception {
        assertThat(run())
                .contains("= Serial 1 removed")
                .contains("MSDM: Length=85")
                .doesNotContain("00e04cffff680102")
                .doesNotContain(MAC)
                .doesNotContain(UUID)
                .doesNotContain("igor.example.org")
                .doesNotContain("AAAAA-BBBBB")
                .doesNotContain("secret");
    }

    @Test
    void output_of_a_user_without_rights_says_what_is_missing() throws Exception {
        write(
                "bin/acpidump",
                "#!/bin/sh\necho 'acpidump: /dev/mem: Permission denied' >&2; exit 1\n");
        Snapshot host = Pasted.snapshot(run());
        assertThat(host.iommu().dmar())
                .isEqualTo(
                        new Fact.Unknown<>(
                                Pasted.FILE, "acpidump showed no tables; root can read them"));
    }

    private String run() throws IOException, InterruptedException {
        for (Map.Entry<String, String> command : COMMANDS.entrySet()) {
            Path file = directory.resolve("bin").resolve(command.getKey());
            if (!Files.exists(file)) {
                write("bin/" + command.getKey(), "#!/bin/sh\n" + command.getValue() + "\n");
            }
        }
        write(
                "root/boot/loader.conf",
                """
                # vmm is for guests
                vmm_load="YES"
                pptdevs="0/2/0"
                geli_passphrase="secret"
                """);
        write("root/boot/loader.conf.d/drm.conf", "i915kms_load=\"NO\" # igor.example.org\n");
        write("root/etc/rc.conf", "hostname=\"igor\"\nkld_list=\"i915kms\"\n");
        write("script.sh", FreebsdScript.text());
        ProcessBuilder shell = new ProcessBuilder("sh", directory.resolve("script.sh").toString());
        shell.environment().put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
        shell.environment().put("IGDROM_ROOT", directory.resolve("root").toString());
        shell.redirectErrorStream(true);
        Process process = shell.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
