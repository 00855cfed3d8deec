package igdrom.bench.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bench.witness.Witness.Firmware;
import igdrom.bench.witness.Witness.Graphics;
import igdrom.bench.witness.Witness.Mirror;
import igdrom.bench.witness.Witness.PciFunction;
import igdrom.bench.witness.Witness.Variable;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.testing.Bruises;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private static final Location PLACE = Location.root("report");
    private static final PciAddress IGD = PciAddress.of(2, 0);

    /// One of each kind.
    static final Witness SMALL =
            new Witness(
                    new Firmware("EDK II", 0x1_0000),
                    new MemoryMap(
                            List.of(
                                    new MemoryMap.Range(MemoryMap.CONVENTIONAL, 0, 16, 0xf),
                                    new MemoryMap.Range(MemoryMap.ACPI_NVS, 0x10000, 2, 0xf))),
                    List.of(new PciFunction(IGD, Image.of(new byte[256]))),
                    List.of(new Mirror(IGD, 0, 0x2c0, 0x17b0_0000)),
                    List.of(
                            new Graphics(
                                    Optional.empty(),
                                    0,
                                    1,
                                    800,
                                    600,
                                    1,
                                    800,
                                    0xc0_0000_0000L,
                                    0x30_0000)),
                    List.of(
                            new Witness.StartedImage(
                                    IGD, 3, 0x1e00_0000, 0x5000, Image.ofHex("7fff0400"))),
                    new Variable(0, 6, Image.ofAscii("what the driver left")),
                    List.of(new Witness.GopPolicy(1, 1, 0, 3, 0, 0x1e7e_5000, 0x82)),
                    0x1e00_4000,
                    0);

    @Test
    void read_of_a_real_report_returns_the_state_of_the_guest() throws IOException {
        Witness witness = Witness.read(sample(), PLACE);
        assertThat(witness.firmware())
                .isEqualTo(new Firmware("Debian distribution of EDK II", 0x1_0000));
        assertThat(witness.functions())
                .extracting(one -> one.location().toString())
                .containsExactly(
                        "0000:00:00.0",
                        "0000:00:01.0",
                        "0000:00:01.1",
                        "0000:00:01.3",
                        "0000:00:02.0",
                        "0000:00:1f.0");
        PciFunction igd = witness.function(IGD).orElseThrow();
        assertThat(Integer.toHexString(igd.device())).isEqualTo("46a6");
        assertThat(igd.vendor()).isEqualTo(0x8086);
        long bdsm = igd.config().u64(0xc0);
        assertThat(witness.mirror(IGD)).contains(new Mirror(IGD, 0, igd.config().u16(0x50), bdsm));
        assertThat(witness.memory().covers(bdsm, 64 << 20, MemoryMap.RESERVED)).isTrue();
        assertThat(witness.memory().covers(igd.config().u32(0xfc), 0x2000, MemoryMap.ACPI_NVS))
                .isTrue();
        Graphics graphics = witness.graphics().getFirst();
        assertThat(graphics.controller()).contains(IGD);
        assertThat(graphics.width() + "x" + graphics.height()).isEqualTo("800x600");
        assertThat(witness.images()).hasSize(2).allMatch(one -> one.device().equals(IGD));
        assertThat(witness.variable().status()).isZero();
        assertThat(witness.variable().value().latin1()).startsWith("IGDRPORT");
        assertThat(witness.policies()).hasSize(1);
        assertThat(witness.lost()).isZero();
    }

    @Test
    void written_reports_have_the_same_bytes() throws IOException {
        assertThat(WitnessEmitter.image(Witness.read(sample(), PLACE))).isEqualTo(sample());
        assertThat(Witness.read(WitnessEmitter.image(SMALL), PLACE)).isEqualTo(SMALL);
        Witness after = SMALL.withExit(0x8000_0000_0000_0002L);
        assertThat(Witness.read(WitnessEmitter.image(after), PLACE)).isEqualTo(after);
    }

    @Test
    void read_refuses_malformed_reports() {
        Image small = WitnessEmitter.image(SMALL);
        refuses(Image.EMPTY, "report +0x0: Signature needs 0x8 bytes, 0x0 are left");
        refuses(patched(small, 0, "00"), "report +0x0: Signature is not \"IGDRWITN\"");
        refuses(patched(small, 8, "02"), "report +0x8: Version is 0x00000002, expected 0x00000001");
        refuses(
                patched(small, 12, "ff"),
                "report +0xc: Size is 0x2ff, the report has 0x%x bytes".formatted(small.size()));
        refuses(patched(small, 0x10, "63"), "report +0x10: Kind is 0x63");
        refuses(patched(small, 0x10, "06"), "report +0x1ec: a record occurs twice");
        refuses(
                patched(small, 0x14, "ffff0000"),
                "report +0x14: Length is 0xffff, 0x%x are left".formatted(small.size() - 0x18));
        refuses(
                patched(small, 0x14, "ffffff7f"),
                "report +0x14: Length is 0x7fffffff, the maximum is 0x40000");
        refuses(
                patched(small, small.size() - 4, "00000000"),
                "report/record 9@0x%x +0xc: Crc32 is 0x00000000, computed 0x%08x"
                        .formatted(small.size() - 16, small.u32(small.size() - 4)));
        refuses(
                sized(new Emitter().image(small).u8(0).toImage()),
                "report +0x%x: 0x1 bytes after the end".formatted(small.size()));
    }

    @Test
    void memory_that_cannot_be_is_refused() {
        MemoryMap.Range wide = new MemoryMap.Range(7, 0x1000, -1, 0);
        Witness witness =
                new Witness(
                        SMALL.firmware(),
                        new MemoryMap(List.of(wide)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        SMALL.variable(),
                        List.of(),
                        0,
                        0);
        refuses(
                WitnessEmitter.image(witness),
                "report/record 2@0x30 +0x0: NumberOfPages is 0xffffffffffffffff at 0x1000, beyond"
                        + " the address space");
    }

    @Test
    void every_bruise_reads_or_is_refused() {
        Bruises.all(WitnessEmitter.image(SMALL), bruised -> Witness.read(bruised, PLACE));
    }

    @Test
    void stream_returns_reports_in_order() throws IOException {
        Image small = WitnessEmitter.image(SMALL);
        Image two = new Emitter().image(small).image(small).toImage();
        WitnessStream stream = new WitnessStream(two.stream());
        assertThat(stream.next()).contains(SMALL);
        assertThat(stream.next()).contains(SMALL);
        assertThat(stream.next()).isEmpty();
    }

    @Test
    void stream_refuses_noise_and_truncated_reports() {
        assertThatThrownBy(() -> new WitnessStream(Image.ofAscii("hello").stream()).next())
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("witness/report 1@0x0 +0x0: Signature needs 0x8 bytes, 0x5 are left");
        Image small = WitnessEmitter.image(SMALL);
        Image cut = small.slice(0, small.size() - 1);
        assertThatThrownBy(() -> new WitnessStream(cut.stream()).next())
                .isInstanceOf(MalformedImageException.class)
                .hasMessageEndingWith("the report has 0x%x bytes".formatted(cut.size()));
        byte[] endless = patched(small, 12, "ffffffff").toByteArray();
        assertThatThrownBy(() -> new WitnessStream(new ByteArrayInputStream(endless)).next())
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "witness/report 1@0x0 +0xc: Size is 0xffffffff, the report has 0x10 bytes");
    }

    @Test
    void map_covers_adjacent_entries_and_describes_their_types() {
        MemoryMap map =
                new MemoryMap(
                        List.of(
                                new MemoryMap.Range(MemoryMap.RESERVED, 0x1000, 1, 0),
                                new MemoryMap.Range(MemoryMap.ACPI_NVS, 0x2000, 1, 0),
                                new MemoryMap.Range(MemoryMap.CONVENTIONAL, 0x4000, 1, 0)));
        assertThat(map.covers(0x1000, 0x2000, MemoryMap.RESERVED, MemoryMap.ACPI_NVS)).isTrue();
        assertThat(map.covers(0x1000, 0x2000, MemoryMap.RESERVED)).isFalse();
        assertThat(map.covers(0x2800, 0x1000, MemoryMap.ACPI_NVS)).isFalse();
        assertThat(map.covers(0x1000, 0, MemoryMap.RESERVED)).isFalse();
        assertThat(map.covers(Long.MAX_VALUE, 2, MemoryMap.RESERVED)).isFalse();
        assertThat(map.describe(0x1000, 0x4000)).isEqualTo("reserved, ACPI NVS, conventional");
        assertThat(map.describe(0x9000, 1)).isEqualTo("not in the memory map");
        assertThat(MemoryMap.name(99)).isEqualTo("type 0x63");
    }

    private static void refuses(Image report, String message) {
        assertThatThrownBy(() -> Witness.read(report, PLACE))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageStartingWith(message);
    }

    private static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }

    private static Image sized(Image image) {
        Image size = new Emitter().u32(image.size()).toImage();
        Image resized = new Emitter().image(image).patch(12, size).toImage();
        // The CRC covers all bytes before it.
        long at = image.size() - 5;
        Image crc = new Emitter().u32(resized.slice(0, at).crc32()).toImage();
        return new Emitter().image(resized).patch(at, crc).toImage();
    }

    static Image sample() throws IOException {
        try (InputStream in = WitnessTest.class.getResourceAsStream("pc-46a6.witness")) {
            return Image.of(in.readAllBytes());
        }
    }
}
