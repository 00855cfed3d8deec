package igdrom.formats.oprom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Emitter;
import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;

class OptionRomFuzzTest {
    /// What the probe takes reads, and what reads is written back as it was.
    @FuzzTest(maxDuration = "5s")
    void reads_or_refuses(byte[] data) {
        Image image = Image.of(data);
        boolean probed = OptionRom.looksLikeRom(image, 0);
        OptionRom rom;
        try {
            rom = OptionRom.read(image, Place.root("fuzz"), new Findings());
        } catch (MalformedImageException e) {
            if (probed) {
                throw new AssertionError("the probe took what cannot be read", e);
            }
            return;
        }
        Emitter out = new Emitter();
        rom.write(out);
        if (!out.toImage().equals(image)) {
            throw new AssertionError("not the same bytes");
        }
        for (RomImage part : rom.images()) {
            if (part.payload().size() > part.raw().size() || part.ids().isEmpty()) {
                throw new AssertionError("a payload larger than its image");
            }
            part.withLast(true);
        }
    }
}
