package igdrom.host.text;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.MemoryRange;
import igdrom.host.OperatingSystem;
import igdrom.host.PciBar;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.host.VirtualFunctions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OtherTextsTest {
    @Test
    void pciconf_of_freebsd_is_read() {
        Snapshot host =
                Pasted.snapshot(
                        """
                        hostb0@pci0:0:0:0:\tclass=0x060000 rev=0x02 hdr=0x00 vendor=0x8086 device=0x4650 subvendor=0x1849 subdevice=0x4650
                            vendor     = 'Intel Corporation'

                        vgapci0@pci0:0:2:0:\tclass=0x030000 rev=0x0c hdr=0x00 vendor=0x8086 device=0x4682 subvendor=0x1849 subdevice=0x4682
                            vendor     = 'Intel Corporation'
                            bar   [10] = type Memory, range 64, base 0x6000000000, size 16777216, enabled
                            bar   [18] = type Prefetchable Memory, range 64, base 0x4000000000, size 268435456, enabled
                            bar   [20] = type I/O Port, range 32, base 0x3000, size 64, disabled
                            cap 10[70] = PCI-Express 2 root endpoint max data 128(128) FLR
                            cap 01[d0] = powerspec 2  supports D0 D3  current D0
                            ecap 0010[320] = SR-IOV 1 IOV disabled, Memory Space disabled, ARI disabled
                                             0 VFs configured out of 7 supported

                        none0@pci0:0:31:5:\tclass=0x0c8000 rev=0x11 hdr=0x00 vendor=0x8086 device=0x7aa4 subvendor=0x1849 subdevice=0x7aa4
                        """);
        PciFunction igd = host.igd();
        assertThat(igd.id()).isEqualTo(known(PciId.intel(0x4682), 4));
        assertThat(igd.classCode()).isEqualTo(known(0x030000, 4));
        assertThat(igd.revision()).isEqualTo(known(0x0c, 4));
        assertThat(igd.subsystem()).isEqualTo(known(new PciId(0x1849, 0x4682), 4));
        assertThat(igd.use().driver()).isEqualTo(known(Optional.of("vgapci"), 4));
        assertThat(igd.use().bars())
                .isEqualTo(
                        known(
                                List.of(
                                        new PciBar(
                                                0,
                                                PciBar.Kind.MEMORY,
                                                new MemoryRange(0x60_0000_0000L, 16 << 20)),
                                        new PciBar(
                                                2,
                                                PciBar.Kind.PREFETCHABLE_MEMORY,
                                                new MemoryRange(0x40_0000_0000L, 256 << 20))),
                                4));
        assertThat(igd.use().resetMethods()).isEqualTo(known(List.of("flr"), 9));
        assertThat(igd.use().powerState()).isEqualTo(known("D0", 10));
        assertThat(igd.use().virtualFunctions()).isEqualTo(known(new VirtualFunctions(7, 0), 12));
        assertThat(host.machine().system())
                .isEqualTo(new Fact.Known<>(OperatingSystem.FREEBSD, Pasted.FILE));
        PciFunction spi = host.pci().at("0000:00:1f.5").orElseThrow();
        assertThat(spi.use().driver()).isEqualTo(known(Optional.empty(), 14));
        assertThat(spi.use().virtualFunctions())
                .isEqualTo(
                        new Fact.Unknown<>(Pasted.line(14), "pciconf shows capabilities with -c"));
    }

    @Test
    void pciconf_before_freebsd_13_is_read() {
        PciFunction igd =
                Pasted.snapshot(
                                "ppt0@pci0:0:2:0:\tclass=0x030000 card=0x04631462 chip=0x01628086"
                                        + " rev=0x09 hdr=0x00\n")
                        .igd();
        assertThat(igd.id()).isEqualTo(known(PciId.intel(0x0162), 1));
        assertThat(igd.subsystem()).isEqualTo(known(new PciId(0x1462, 0x0463), 1));
        assertThat(igd.use().driver()).isEqualTo(known(Optional.of("ppt"), 1));
    }

    @Test
    void udevadm_is_read() {
        Snapshot host =
                Pasted.snapshot(
                        """
                        P: /devices/pci0000:00/0000:00:02.0
                        E: SUBSYSTEM=pci
                        E: DRIVER=xe
                        E: PCI_CLASS=30000
                        E: PCI_ID=8086:64A0
                        E: PCI_SUBSYS_ID=1028:0CDB
                        E: PCI_SLOT_NAME=0000:00:02.0

                        P: /devices/pci0000:00/0000:00:1f.0
                        E: SUBSYSTEM=pci
                        E: PCI_CLASS=60100
                        E: PCI_ID=8086:A807
                        E: PCI_SLOT_NAME=0000:00:1f.0

                        P: /devices/virtual/dmi/id
                        E: SUBSYSTEM=dmi
                        E: MODALIAS=dmi:bvnAmericanMegatrendsInc.:bvr0012:bd03/07/2022:svnAAEON:pnMAX-Q470A:pvrV1.0:rvnAAEON:rnBOARD:rvrV1.0:
                        """);
        assertThat(host.igd().id()).isEqualTo(known(PciId.intel(0x64a0), 1));
        assertThat(host.igd().classCode()).isEqualTo(known(0x030000, 1));
        assertThat(host.igd().use().driver()).isEqualTo(known(Optional.of("xe"), 1));
        assertThat(host.igd().subsystem()).isEqualTo(known(new PciId(0x1028, 0x0cdb), 1));
        assertThat(host.lpc().use().driver()).isEqualTo(known(Optional.empty(), 9));
        assertThat(host.firmware().vendor()).isEqualTo(known("AAEON", 15));
        assertThat(host.firmware().product()).isEqualTo(known("MAX-Q470A", 15));
        assertThat(host.firmware().board()).isEqualTo(known("BOARD", 15));
        assertThat(host.firmware().version()).isEqualTo(known("0012", 15));
        assertThat(host.firmware().date()).isEqualTo(known("03/07/2022", 15));
    }

    @Test
    void coreboot_collector_is_read() {
        Snapshot host =
                Pasted.snapshot(
                        """
                        ## PCI ##
                        PCI Device: 0000:00:00.0: Class 0x00060000, Vendor 0x8086, Device 0x4621, Revision 0x02
                        PCI Device: 0000:00:02.0: Class 0x00030000, Vendor 0x8086, Device 0x4626, Revision 0x0C
                        ## GPIO ##
                        """);
        assertThat(host.igd().id()).isEqualTo(known(PciId.intel(0x4626), 3));
        assertThat(host.igd().revision()).isEqualTo(known(0x0c, 3));
        assertThat(host.igd().classCode()).isEqualTo(known(0x030000, 3));
    }

    @Test
    void facts_of_several_files_complete_each_other() {
        HostTexts texts =
                HostTexts.read(
                        List.of(
                                file(
                                        "a.txt",
                                        "[    0.280428] pci 0000:00:02.0: [8086:1912] type 00"
                                                + " class 0x030000\n"),
                                file(
                                        "b.txt",
                                        "00:02.0 VGA compatible controller: Intel Corporation HD"
                                                + " Graphics 530 (rev 06)\n"
                                                + "\tKernel driver in use: i915\n"),
                                file("c.txt", "Hello, it does not work. Please help.\n")),
                        NoJson.FORMAT,
                        "a test");
        PciFunction igd = texts.snapshot().igd();
        assertThat(igd.id()).isEqualTo(new Fact.Known<>(PciId.intel(0x1912), "a.txt:1"));
        assertThat(igd.revision()).isEqualTo(new Fact.Known<>(6, "b.txt:1"));
        assertThat(igd.use().driver()).isEqualTo(new Fact.Known<>(Optional.of("i915"), "b.txt:2"));
        assertThat(texts.files())
                .containsExactly(
                        new HostTexts.Recognised("a.txt", List.of("kernel log"), ""),
                        new HostTexts.Recognised("b.txt", List.of("lspci"), ""),
                        new HostTexts.Recognised(
                                "c.txt", List.of(), "holds no facts about a host"));
    }

    @Test
    void one_file_may_hold_several_texts() {
        assertThat(
                        Pasted.kinds(
                                """
                                00:02.0 VGA compatible controller [0300]: Intel [8086:1912]

                                [    0.751431] DMAR: IOMMU enabled
                                """))
                .containsExactly("lspci", "kernel log");
    }

    private static TextFile file(String name, String text) {
        return TextFile.of(name, Image.ofAscii(text));
    }

    private static <T> Fact<T> known(T value, int line) {
        return new Fact.Known<>(value, Pasted.line(line));
    }
}
