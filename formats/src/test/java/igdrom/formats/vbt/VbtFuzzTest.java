package igdrom.formats.vbt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class VbtFuzzTest {
    private static final Location LOCATION = Location.root("fuzz");

    /// A VBT that the quick check accepts can be read; one that can be read is written back
    /// unchanged and can be decoded.
    @FuzzTest(maxDuration = "5s")
    void reads_or_refuses(byte[] data) {
        Image image = Image.of(data);
        boolean accepted = Vbt.looksLikeVbt(image, 0);
        Vbt vbt;
        try {
            vbt = Vbt.read(image, LOCATION, new Diagnostics());
        } catch (MalformedImageException e) {
            if (accepted) {
                throw new AssertionError("the quick check accepted a VBT that cannot be read", e);
            }
            return;
        }
        Emitter out = new Emitter();
        vbt.write(out);
        if (!out.toImage().equals(image) || vbt.body().size() > image.size()) {
            throw new AssertionError("read and write changed the bytes");
        }
        for (Output output : VbtContent.read(vbt, LOCATION, new Diagnostics()).outputs()) {
            if (output.toString().isEmpty() || output.device().name().isEmpty()) {
                throw new AssertionError("an output without a description");
            }
        }
    }

    /// A VBT that can be read is edited and resized, or the request is refused.
    @FuzzTest(maxDuration = "5s")
    void edits_or_refuses(byte[] data) {
        try {
            VbtEditTest.editAll(Image.of(data));
        } catch (MalformedImageException _) {
            // Not a whole VBT.
        }
    }
}
