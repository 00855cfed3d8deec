package igdrom.host.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.IommuGroup;
import igdrom.host.MemoryRange;
import igdrom.host.PciBar;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.host.VirtualFunctions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LspciTextTest {
    private static final String HOST_BRIDGE =
            """
            00:00.0 Host bridge [0600]: Intel Corporation Device [8086:461c]
            \tIOMMU group: 1

            """;

    private static final String IGD =
            """
            00:02.0 VGA compatible controller [0300]: Intel Corporation Alder Lake-N [UHD Graphics] [8086:46d1] (rev 0c) (prog-if 00 [VGA controller])
            \tSubsystem: Intel Corporation Alder Lake-N [UHD Graphics] [8086:7270]
            \tControl: I/O+ Mem+ BusMaster+ SpecCycle- MemWINV- VGASnoop- ParErr- Stepping- SERR- FastB2B- DisINTx+
            \tStatus: Cap+ 66MHz- UDF- FastB2B- ParErr- DEVSEL=fast >TAbort- <TAbort- <MAbort- >SERR- <PERR- INTx-
            \tIOMMU group: 0
            \tRegion 0: Memory at 6000000000 (64-bit, non-prefetchable) [size=16M]
            \tRegion 2: Memory at 4000000000 (64-bit, prefetchable) [size=1G]
            \tRegion 4: I/O ports at 4000 [size=64]
            \tExpansion ROM at 000c0000 [virtual] [disabled] [size=128K]
            \tCapabilities: [70] Express (v2) Root Complex Integrated Endpoint, MSI 00
            \t\tDevCap:\tMaxPayload 128 bytes, PhantFunc 0
            \t\t\tExtTag- RBE+ FLReset+
            \tCapabilities: [d0] Power Management version 2
            \t\tStatus: D3 NoSoftRst- PME-Enable- DSel=0 DScale=0 PME-
            \tCapabilities: [320 v1] Single Root I/O Virtualization (SR-IOV)
            \t\tInitial VFs: 7, Total VFs: 7, Number of VFs: 2, Function Dependency Link: 00
            \t\tVF offset: 1, stride: 1, Device ID: 46d1
            \t\tRegion 0: Memory at 0000004120000000 (64-bit, non-prefetchable)
            \tKernel driver in use: i915
            \tKernel modules: i915, xe
            00: 86 80 d1 46 07 04 10 00 0c 00 00 03 00 00 00 00
            10: 04 00 00 00 60 00 00 00 0c 00 00 00 40 00 00 00

            """;

    @Test
    void verbose_listing_gives_every_fact_with_its_line() {
        PciFunction igd = Pasted.snapshot(HOST_BRIDGE + IGD).igd();
        int first = 4;
        assertThat(igd.id()).isEqualTo(known(PciId.intel(0x46d1), first));
        assertThat(igd.revision()).isEqualTo(known(0x0c, first));
        assertThat(igd.classCode()).isEqualTo(known(0x030000, first));
        assertThat(igd.subsystem()).isEqualTo(known(PciId.intel(0x7270), first + 1));
        assertThat(igd.config())
                .isEqualTo(
                        known(
                                Image.ofHex(
                                        "8680d146070410000c00000300000000"
                                                + "04000000600000000c00000040000000"),
                                first));
        assertThat(igd.use().driver()).isEqualTo(known(Optional.of("i915"), first + 18));
        assertThat(igd.use().iommuGroup()).isEqualTo(known(Optional.of(0), first + 4));
        assertThat(igd.use().bars())
                .isEqualTo(
                        known(
                                List.of(
                                        bar(0, PciBar.Kind.MEMORY, 0x60_0000_0000L, 16 << 20),
                                        bar(
                                                2,
                                                PciBar.Kind.PREFETCHABLE_MEMORY,
                                                0x40_0000_0000L,
                                                1 << 30),
                                        bar(4, PciBar.Kind.IO, 0x4000, 64)),
                                first));
        assertThat(igd.use().resetMethods()).isEqualTo(known(List.of("flr"), first + 11));
        assertThat(igd.use().powerState()).isEqualTo(known("D3hot", first + 13));
        assertThat(igd.use().virtualFunctions())
                .isEqualTo(known(new VirtualFunctions(7, 2), first + 15));
        assertThat(igd.use().bootVga())
                .isEqualTo(new Fact.Unknown<>("the files", "none of them shows it"));
    }

    @Test
    void groups_are_gathered_from_the_functions() {
        Snapshot host = Pasted.snapshot(HOST_BRIDGE + IGD);
        assertThat(host.iommu().groups().value().orElseThrow())
                .extracting(IommuGroup::number, IommuGroup::functions)
                .containsExactly(
                        tuple(0, List.of("0000:00:02.0")), tuple(1, List.of("0000:00:00.0")));
    }

    @Test
    void groups_of_scripts_that_call_lspci_are_read() {
        for (String text :
                List.of(
                        "IOMMU Group 0 00:02.0 VGA compatible controller [0300]: Intel"
                                + " [8086:46d1]\n"
                                + "IOMMU Group 1 00:00.0 Host bridge [0600]: Intel [8086:461c]\n",
                        "IOMMU Group 0:\n\t00:02.0 VGA compatible controller [0300]: Intel"
                                + " [8086:46d1]\nIOMMU Group 1:\n"
                                + "\t00:00.0 Host bridge [0600]: Intel [8086:461c]\n",
                        """
                        /sys/kernel/iommu_groups/0/devices/0000:00:02.0
                        /sys/kernel/iommu_groups/1/devices/0000:00:00.0
                        """)) {
            assertThat(Pasted.snapshot(text).iommu().groups().value().orElseThrow())
                    .as(text)
                    .extracting(IommuGroup::number, IommuGroup::functions)
                    .containsExactly(
                            tuple(0, List.of("0000:00:02.0")), tuple(1, List.of("0000:00:00.0")));
        }
        assertThat(
                        Pasted.snapshot(
                                        "IOMMU Group 3:\n"
                                                + "\t00:00.0 Host bridge [0600]: I [8086:461c]\n"
                                                + "00:02.0 VGA compatible controller [0300]: I"
                                                + " [8086:46d1]\n")
                                .igd()
                                .use()
                                .iommuGroup()
                                .value())
                .isEmpty();
    }

    @Test
    void virtual_functions_are_not_the_graphics() {
        Snapshot host =
                Pasted.snapshot(
                        HOST_BRIDGE
                                + IGD
                                + "00:02.1 VGA compatible controller [0300]: Intel Corporation"
                                + " Alder Lake-N [8086:46d1]\n");
        assertThat(host.igd().address()).isEqualTo("0000:00:02.0");
        assertThat(host.pci().at("0000:00:02.1").orElseThrow().use().physicalFunction())
                .isEqualTo(known(Optional.of("0000:00:02.0"), 4));
    }

    @Test
    void plain_listing_gives_classes_and_says_how_to_get_ids() {
        Snapshot host =
                Pasted.snapshot(
                        """
                        00:00.0 Host bridge: Intel Corporation Xeon E3-1200 v5 Host Bridge (rev 07)
                        00:02.0 Display controller: Intel Corporation HD Graphics 530 (rev 06)
                        00:1f.0 ISA bridge: Intel Corporation Sunrise Point-H LPC Controller (rev 31)
                        01:00.0 VGA compatible controller: NVIDIA Corporation GP106 (rev a1)
                        """);
        assertThat(host.igd().classCode()).isEqualTo(known(0x038000, 2));
        assertThat(host.igd().id())
                .isEqualTo(new Fact.Unknown<>(Pasted.line(2), "lspci shows no ids without -nn"));
        assertThat(host.igd().use().driver().value()).isEmpty();
        assertThat(host.lpc().classCode()).isEqualTo(known(0x060100, 3));
        assertThat(host.pci().others().value().orElseThrow())
                .extracting(PciFunction::address)
                .containsExactly("0000:01:00.0");
    }

    @Test
    void numeric_listing_is_read() {
        for (String text :
                List.of(
                        "00:02.0 0300: 8086:1912 (rev 06)",
                        "00:02.0 Class 0300: 8086:1912 (rev 06)",
                        "0000:00:02.0 0300: 8086:1912 (rev 06) (prog-if 00 [VGA controller])")) {
            PciFunction igd = Pasted.snapshot(text + "\n\tSubsystem: 1028:06b9\n").igd();
            assertThat(igd.id()).isEqualTo(known(PciId.intel(0x1912), 1));
            assertThat(igd.classCode()).isEqualTo(known(0x030000, 1));
            assertThat(igd.subsystem()).isEqualTo(known(new PciId(0x1028, 0x06b9), 2));
        }
    }

    @Test
    void dirty_text_is_read() {
        String dirty =
                "$ sudo lspci -vvnn\r\n"
                        + "> 00:02.0\u00a0VGA compatible controller [0300]: Intel Corporation HD"
                        + " Graphics\u00a0530 [8086:1912] (rev 06)\r\n"
                        + ">     Control: I/O+ Mem+\r\n"
                        + "      Region 0: Memory at <ignored> (64-bit, non-prefetchable)\r\n"
                        + "      Region 2: Memory at c0000000 (64-bit, prefetchable) [disabled]"
                        + " [size=256M]\r\n"
                        + "      Region 4: I/O ports at e000pcilib: sysfs_read_vpd: read failed:"
                        + " No such device\r\n"
                        + "[size=64]\r\n"
                        + "      Kernel driver in use: i915\r\n";
        PciFunction igd = Pasted.snapshot(dirty).igd();
        assertThat(igd.id()).isEqualTo(known(PciId.intel(0x1912), 2));
        assertThat(igd.use().bars())
                .isEqualTo(
                        known(
                                List.of(
                                        bar(
                                                2,
                                                PciBar.Kind.PREFETCHABLE_MEMORY,
                                                0xc000_0000L,
                                                256 << 20)),
                                2));
        assertThat(igd.use().driver()).isEqualTo(known(Optional.of("i915"), 8));
    }

    @Test
    void bars_of_a_short_listing_are_numbered_by_their_width() {
        PciFunction igd =
                Pasted.snapshot(
                                """
                                00:02.0 VGA compatible controller [0300]: Intel Corporation HD Graphics 615 [8086:591e] (rev 02)
                                \tFlags: bus master, fast devsel, latency 0, IRQ 135
                                \tMemory at b0000000 (64-bit, non-prefetchable) [size=16M]
                                \tMemory at a0000000 (64-bit, prefetchable) [size=256M]
                                \tI/O ports at 3000 [size=64]
                                \tCapabilities: <access denied>
                                """)
                        .igd();
        assertThat(igd.use().bars().value().orElseThrow())
                .extracting(PciBar::index)
                .containsExactly(0, 2, 4);
        assertThat(igd.use().virtualFunctions())
                .isEqualTo(
                        new Fact.Unknown<>(
                                Pasted.line(1), "lspci shows capabilities to root only"));
    }

    @Test
    void a_part_of_a_listing_does_not_say_that_other_functions_are_missing() {
        Snapshot part = Pasted.snapshot(IGD);
        assertThat(part.lpc().id())
                .isEqualTo(new Fact.Unknown<>("the files", "none of them shows it"));
        assertThat(part.pci().others().value()).isEmpty();
        Snapshot whole = Pasted.snapshot(HOST_BRIDGE);
        assertThat(whole.igd().id())
                .isEqualTo(new Fact.Unknown<>(Pasted.FILE, "no device is there"));
    }

    @Test
    void device_of_another_maker_is_not_the_graphics() {
        String bridge = "00:00.0 Host bridge: Intel Corporation 82G33 DRAM Controller\n";
        assertThat(
                        Pasted.snapshot(
                                        bridge
                                                + "00:02.0 VGA compatible controller [0300]: Red"
                                                + " Hat, Inc. Virtio 1.0 GPU [1af4:1050]\n")
                                .igd()
                                .id())
                .isEqualTo(
                        new Fact.Unknown<>(
                                Pasted.FILE, "a device of class 030000, 1af4:1050, is there"));
        assertThat(
                        Pasted.snapshot(
                                        bridge
                                                + "00:02.0 VGA compatible controller: Red Hat, Inc."
                                                + " QXL paravirtual graphic card (rev 05)\n")
                                .igd()
                                .id())
                .isEqualTo(
                        new Fact.Unknown<>(
                                Pasted.FILE,
                                "a device of class 030000, Red Hat, Inc. QXL paravirtual graphic"
                                        + " card (rev 05), is there"));
    }

    @Test
    void config_space_of_a_sleeping_function_is_unknown() {
        PciFunction igd =
                Pasted.snapshot(
                                "00:02.0 VGA compatible controller [0300]: Intel Corporation HD"
                                        + " Graphics [8086:1912] (rev ff)\n"
                                        + "\t!!! Unknown header type 7f\n"
                                        + "00: ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff\n")
                        .igd();
        assertThat(igd.config())
                .isEqualTo(
                        new Fact.Unknown<>(
                                Pasted.line(1), "reads ff: the function sleeps or is gone"));
    }

    @Test
    void names_with_hexadecimal_ends_are_no_classes() {
        assertThat(
                        Pasted.snapshot("00:17.0 IDE interface: Intel Corporation Device\n")
                                .pci()
                                .at("0000:00:17.0")
                                .orElseThrow()
                                .classCode())
                .isEqualTo(known(0x010100, 1));
        assertThat(Pasted.kinds("12:04.1 something: with an address, but not of lspci\n"))
                .isEmpty();
    }

    private static PciBar bar(int index, PciBar.Kind kind, long base, long size) {
        return new PciBar(index, kind, new MemoryRange(base, size));
    }

    private static <T> Fact<T> known(T value, int line) {
        return new Fact.Known<>(value, Pasted.line(line));
    }
}
