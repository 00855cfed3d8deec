package igdrom.formats.oprom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class OptionRomFuzzTest {
    /// A ROM that the quick check accepts can be read, and one that can be read is written back
    /// unchanged.
    @FuzzTest(maxDuration = "5s")
    void reads_or_refuses(byte[] data) {
        Image image = Image.of(data);
        boolean accepted = OptionRom.looksLikeRom(image, 0);
        OptionRom rom;
        try {
            rom = OptionRom.read(image, Location.root("fuzz"), new Diagnostics());
        } catch (MalformedImageException e) {
            if (accepted) {
                throw new AssertionError("the quick check accepted a ROM that cannot be read", e);
            }
            return;
        }
        Emitter out = new Emitter();
        rom.write(out);
        if (!out.toImage().equals(image)) {
            throw new AssertionError("read and write changed the bytes");
        }
        for (RomImage part : rom.images()) {
            if (part.payload().size() > part.raw().size() || part.ids().isEmpty()) {
                throw new AssertionError(
                        "a payload is larger than its image, or the image has no id");
            }
            part.withLast(true);
        }
    }
}
