package igdrom.formats.vbt;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PanelSerialsTest {
    @Test
    void serial_number_is_removed_and_the_checksum_stays_valid() {
        Image table = new Emitter().fill(0xcc, 100).image(withSerial()).toImage();
        Image removed = PanelSerials.removed(table);
        Image serial = Image.ofHex("78563412");
        assertThat(table.contains(serial)).isTrue();
        assertThat(removed.contains(serial)).isFalse();
        long at = table.indexOf(serial, 0);
        assertThat(removed.slice(at, 4)).isEqualTo(Image.of(new byte[4]));
        assertThat(removed.from(at + 4)).isEqualTo(table.from(at + 4));
        assertThat(removed.from(100).sum8()).isEqualTo(table.from(100).sum8()).isZero();
        assertThat(PanelSerials.removed(removed)).isEqualTo(removed);
    }

    @Test
    void image_without_a_vbt_is_unchanged() {
        Image text = Image.ofAscii("$VBT but nothing else, $VBT");
        assertThat(PanelSerials.removed(text)).isEqualTo(text);
    }

    @Test
    void damaged_table_keeps_its_size() {
        Image table = withSerial();
        Bruises.all(
                table,
                bruised ->
                        assertThat(PanelSerials.removed(bruised).size()).isEqualTo(bruised.size()));
    }

    @Test
    void real_tables_keep_everything_else() {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            Image table = Corpus.image(file);
            Image removed = PanelSerials.removed(table);
            assertThat(removed.size()).isEqualTo(table.size());
            assertThat(content(removed).devices()).isEqualTo(content(table).devices());
        }
    }

    private static Image withSerial() {
        Emitter out = new Emitter();
        new VbtBuilder("ALDERLAKE-P", 250)
                .panel(new Timing(148_500, 1920, 280, 88, 44, 1080, 45, 4, 5), "A panel")
                .build()
                .write(out);
        Image plain = out.toImage();
        // After the timing of the first panel: manufacturer, product, serial number.
        Vbt vbt = Vbt.read(plain, Location.root("VBT"), new Diagnostics());
        BdbBlock data = vbt.bdb().block(BdbBlock.LFP_DATA).orElseThrow();
        long at = vbt.header().bdbOffset() + data.offset() + BdbBlock.HEADER_SIZE + 38 + 18 + 4;
        out.patch(at, Image.ofHex("78563412"));
        int checksum = vbt.header().checksum() - out.toImage().sum8() & 0xff;
        return out.patch(VbtHeader.CHECKSUM_OFFSET, new Emitter().u8(checksum).toImage()).toImage();
    }

    private static VbtContent content(Image table) {
        Location location = Location.root("VBT");
        return VbtContent.read(
                Vbt.read(table, location, new Diagnostics()), location, new Diagnostics());
    }
}
