package igdrom.formats.vbt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class VbtFuzzTest {
    private static final Location PLACE = Location.root("fuzz");

    /// What the probe takes reads, what reads is written back as it was, and its content decodes.
    @FuzzTest(maxDuration = "5s")
    void reads_or_refuses(byte[] data) {
        Image image = Image.of(data);
        boolean probed = Vbt.looksLikeVbt(image, 0);
        Vbt vbt;
        try {
            vbt = Vbt.read(image, PLACE, new Diagnostics());
        } catch (MalformedImageException e) {
            if (probed) {
                throw new AssertionError("the probe took what cannot be read", e);
            }
            return;
        }
        Emitter out = new Emitter();
        vbt.write(out);
        if (!out.toImage().equals(image) || vbt.body().size() > image.size()) {
            throw new AssertionError("not the same bytes");
        }
        for (Output output : VbtContent.read(vbt, PLACE, new Diagnostics()).outputs()) {
            if (output.toString().isEmpty() || output.device().name().isEmpty()) {
                throw new AssertionError("an output without words");
            }
        }
    }
}
