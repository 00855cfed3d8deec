package igdrom.host.text;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.acpi.Dmar;
import igdrom.formats.acpi.Mcfg;
import igdrom.host.AcpiTable;
import igdrom.host.Fact;
import igdrom.host.Iommu;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcpiTablesTest {
    /// One unit for all devices.
    private static final Image DMAR =
            table("DMAR", "2601" + "00".repeat(10) + "0000100001000000" + "0000d9fe00000000");

    private static final Dmar READ =
            new Dmar(
                    39,
                    List.of(new Dmar.Unit(0xfed90000L, true, List.of())),
                    List.of(),
                    List.of(0));

    private static final String OTHERS =
            dumped("APIC", table("APIC", "00")) + dumped("DSDT", table("DSDT", "00"));

    @Test
    void binary_table_is_read() {
        HostTexts texts = Pasted.texts(DMAR);
        assertThat(texts.snapshot().iommu().dmar())
                .isEqualTo(new Fact.Known<>(Optional.of(READ), Pasted.FILE));
        assertThat(texts.files())
                .containsExactly(new HostTexts.Recognised(Pasted.FILE, List.of("ACPI tables"), ""));
        assertThat(Pasted.texts(table("BGRT", "00".repeat(20))).snapshot().firmware().bootLogo())
                .isEqualTo(new Fact.Known<>(true, Pasted.FILE));
    }

    @Test
    void windows_of_config_space_are_read_from_binary_and_dump() {
        Image mcfg =
                table("MCFG", "00".repeat(8) + "000000e000000000" + "0000" + "00ff" + "00000000");
        List<Mcfg.Window> windows = List.of(new Mcfg.Window(0xe000_0000L, 0, 0, 255));
        assertThat(Pasted.texts(mcfg).snapshot().firmware().configWindows())
                .isEqualTo(new Fact.Known<>(windows, Pasted.FILE));
        assertThat(Pasted.snapshot(dumped("MCFG", mcfg)).firmware().configWindows().value())
                .contains(windows);
        assertThat(
                        Pasted.snapshot(OTHERS + dumped("FACP", table("FACP", "00")))
                                .firmware()
                                .configWindows())
                .isEqualTo(new Fact.Known<>(List.of(), Pasted.FILE));
    }

    @Test
    void whole_list_of_tables_is_recorded() {
        assertThat(
                        Pasted.snapshot(OTHERS + dumped("FACP", table("FACP", "00")))
                                .firmware()
                                .tables()
                                .value()
                                .orElseThrow())
                .extracting(AcpiTable::name)
                .containsExactly("APIC", "DSDT", "FACP");
    }

    @Test
    void binary_that_is_no_table_is_not_recognised() {
        Image changed = new Emitter().image(DMAR).patch(40, Image.ofHex("55")).toImage();
        assertThat(Pasted.texts(changed).files())
                .containsExactly(
                        new HostTexts.Recognised(
                                Pasted.FILE, List.of(), "holds no facts about a host"));
    }

    @Test
    void malformed_table_is_unknown_with_the_reason() {
        Image broken = table("DMAR", "2601" + "00".repeat(10) + "0000ff00" + "00".repeat(12));
        assertThat(Pasted.texts(broken).snapshot().iommu().dmar())
                .isEqualTo(
                        new Fact.Unknown<>(
                                Pasted.FILE,
                                "DMAR +0x30: Length of a structure, 0xff, is less than 4 or too"
                                        + " large"));
    }

    @Test
    void dump_in_hexadecimal_is_read() {
        Iommu iommu = Pasted.snapshot(OTHERS + dumped("DMAR", DMAR)).iommu();
        assertThat(iommu.dmar().value()).contains(Optional.of(READ));
        assertThat(iommu.dmar().source()).matches("pasted\\.txt:[0-9]+");
    }

    @Test
    void dump_of_all_tables_without_dmar_says_that_there_is_none() {
        String all = OTHERS + dumped("FACP", table("FACP", "00"));
        assertThat(Pasted.snapshot(all).iommu().dmar())
                .isEqualTo(new Fact.Known<>(Optional.empty(), Pasted.FILE));
        assertThat(Pasted.snapshot(all).firmware().bootLogo())
                .isEqualTo(new Fact.Known<>(false, Pasted.FILE));
        assertThat(Pasted.snapshot(OTHERS).iommu().dmar().value()).isEmpty();
    }

    @Test
    void list_of_headers_says_what_is_there() {
        String list =
                """
                sig\tlength\trev\toem_id\toem_table_id\toem_rev\tcreator\tcheck
                APIC\t856\t5\tINSYDE\tMTL\t00000002\tACPI 00040000\tok
                DSDT\t503964\t2\tINSYDE\tMTL\t00000002\tACPI 00040000\tok
                FACP\t276\t6\tINSYDE\tMTL\t00000002\tACPI 00040000\tok
                BGRT\t56\t1\tINSYDE\tMTL\t00000002\tACPI 00040000\tok
                """;
        assertThat(Pasted.snapshot(list).firmware().bootLogo())
                .isEqualTo(new Fact.Known<>(true, Pasted.line(5)));
        assertThat(Pasted.snapshot(list).iommu().dmar())
                .isEqualTo(new Fact.Known<>(Optional.empty(), Pasted.FILE));
        assertThat(
                        Pasted.snapshot(list + "DMAR\t152\t1\tINSYDE\tMTL\t00000002\tACPI\tok\n")
                                .iommu()
                                .dmar()
                                .value())
                .isEmpty();
    }

    private static Image table(String signature, String body) {
        Image rest = Image.ofHex(body);
        Emitter out =
                new Emitter()
                        .image(Image.ofAscii(signature))
                        .u32(36 + rest.size())
                        .image(Image.ofHex("0100"))
                        .image(Image.ofHex("00".repeat(26)))
                        .image(rest);
        int sum = out.toImage().sum8();
        return out.patch(9, Image.ofHex("%02x".formatted(-sum & 0xff))).toImage();
    }

    private static String dumped(String signature, Image table) {
        StringBuilder text = new StringBuilder("%s @ 0x00000000BED9D4C8\n".formatted(signature));
        for (int at = 0; at < table.size(); at += 16) {
            Image line = table.slice(at, Math.min(16, table.size() - at));
            text.append("    %04X: ".formatted(at))
                    .append(
                            HexFormat.ofDelimiter(" ")
                                    .withUpperCase()
                                    .formatHex(line.toByteArray()))
                    .append("  ")
                    .append(".".repeat((int) line.size()))
                    .append('\n');
        }
        return text.append('\n').toString();
    }
}
