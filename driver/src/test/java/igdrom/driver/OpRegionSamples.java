package igdrom.driver;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.testing.Corpus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// OpRegions for the tests that compare the C driver with the Java side.
final class OpRegionSamples {
    private static final int RVDA = 0x3ba;

    private OpRegionSamples() {}

    /// Files that decide a rule each, and all real ones.
    static Map<String, Image> named() {
        Image vbt = Corpus.image("vbt/hardkernel-odroid-h4.vbt");
        long size = vbt.size();
        Image small = Corpus.image("host/opregion-msi-skl.bin").slice(0x400, 0x1800);
        Image sized = patched(vbt, 0x18, "ffff");
        Map<String, Image> files = new LinkedHashMap<>();
        files.put("VBT cut to 4000 bytes", around(vbt.slice(0, 4000)));
        files.put("VBT size ffff", around(sized));
        files.put("VBT size ffff after it", with(0x0201, 0x2000, size, sized));
        files.put("VBT size 0", around(patched(vbt, 0x18, "0000")));
        files.put("2.0 and a cut VBT", with(0x0200, 0x7abc_1000L, size, vbt.slice(0, 4000)));
        files.put(
                "2.0 and a cut VBT of RVDS", with(0x0200, 0x7abc_1000L, 4000, vbt.slice(0, 4000)));
        files.put("2.0 and the VBT", with(0x0200, 0x7abc_1000L, size, vbt));
        files.put("2.0 and RVDS 0", with(0x0200, 0x7abc_1000L, 0, vbt));
        files.put("2.0 and a large RVDS", with(0x0200, 0x7abc_1000L, 0x10_0000, vbt));
        files.put("2.0 alone", with(0x0200, 0x7abc_1000L, size, Image.EMPTY));
        files.put("2.1 and the VBT", with(0x0201, 0x2000, size, vbt));
        files.put("3.2 and a short RVDS", with(0x0302, 0x2000, 0x1e00, vbt));
        files.put("3.2 and the VBT", with(0x0302, 0x2000, size, vbt));
        files.put("1.0 and a VBT after it", with(0x0100, 0x2000, size, vbt));
        files.put("RVDA far", with(0x0201, 0x2000_0000, size, vbt));
        files.put("RVDA overflows", with(0x0201, 0xffff_ffff_ffff_f000L, 0x2000, vbt));
        files.put("RVDA negative", with(0x0201, Long.MIN_VALUE, 0x2000, vbt));
        files.put("RVDS large", with(0x0201, 0x2000, 0xffff_ffffL, vbt));
        files.put("RVDA inside", with(0x0201, 0x400, 0x1800, small));
        Image good = around(small);
        files.put("good", good);
        for (String kib : List.of("09000000", "00000000", "ffffffff", "08010000")) {
            files.put("Size " + kib, patched(good, 0x10, kib));
        }
        for (String version : List.of("0000", "0100", "0001", "0004", "ffff")) {
            files.put("OVER " + version, patched(good, 0x16, version));
        }
        files.put("cut", good.slice(0, 0x1fff));
        files.put("mailbox 5 used", patched(around(vbt.slice(0, 0x1b00)), 0x58, "1d000000"));
        files.put("256 KiB", new Emitter().image(good).fillTo(0x40000, 0).toImage());
        files.put("more", new Emitter().image(good).fillTo(0x40001, 0).toImage());
        for (Path file : Corpus.files("vbt", ".vbt")) {
            files.put(file.toString(), around(Corpus.image(file)));
        }
        for (Path file : Corpus.files("host", ".bin")) {
            files.put(file.toString(), Corpus.image(file));
        }
        return files;
    }

    /// A copy with one to three of the fields that decide set to something else, or truncated.
    static Image bruised(Image whole, Random random) {
        long[] fields = {0, 0x10, 0x16, 0x58, RVDA, 0x3c2, 0x400, 0x418, 0x41c, 0x430, 0x444};
        long[] more = {0x2000, 0x2018, 0x201c, 0x2030, 0x2044, random.nextLong(whole.size())};
        long[] values = {0, 1, 8, 0x20, 0x30, 0x1800, 0x1e00, 0x2000, 0x2203, 0xffff, -1, 1L << 63};
        Emitter out = new Emitter().image(whole);
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int field = random.nextInt(fields.length + more.length);
            long at = field < fields.length ? fields[field] : more[field - fields.length];
            long value = values[random.nextInt(values.length)] + random.nextInt(3) - 1;
            Image bytes = new Emitter().u64(value).toImage().slice(0, 1L << random.nextInt(4));
            if (at + bytes.size() <= whole.size()) {
                out.patch(at, bytes);
            }
        }
        Image bruised = out.toImage();
        return random.nextInt(8) == 0
                ? bruised.slice(0, random.nextLong(bruised.size() + 1))
                : bruised;
    }

    static Image around(Image vbt) {
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt).write(out);
        return out.toImage();
    }

    /// An OpRegion with nothing in mailbox 4, followed by `trailing`.
    static Image with(int version, long rvda, long rvds, Image trailing) {
        Emitter out = new Emitter().ascii("IntelGraphicsMem").u32(8).u16(0).u16(version);
        out.fillTo(0x58, 0).u32(0x1f).fillTo(RVDA, 0).u64(rvda).u32(rvds);
        return out.fillTo(0x2000, 0).image(trailing).toImage();
    }

    static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }
}
