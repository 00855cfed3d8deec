package igdrom.formats.oprom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class OptionRomFuzzTest {
    /// What the probe takes reads, and what reads is written back as it was.
    @FuzzTest(maxDuration = "5s")
    void reads_or_refuses(byte[] data) {
        Image image = Image.of(data);
        boolean probed = OptionRom.looksLikeRom(image, 0);
        OptionRom rom;
        try {
            rom = OptionRom.read(image, Location.root("fuzz"), new Diagnostics());
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
