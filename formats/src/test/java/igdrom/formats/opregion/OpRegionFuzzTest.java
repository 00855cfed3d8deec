package igdrom.formats.opregion;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.vbt.Vbt;

class OpRegionFuzzTest {
    /// An OpRegion that the quick check accepts can be read; one that can be read is written back
    /// unchanged and has a valid VBT, or none.
    @FuzzTest(maxDuration = "5s")
    void reads_or_refuses(byte[] data) {
        Image image = Image.of(data);
        boolean accepted = OpRegion.looksLikeOpRegion(image, 0);
        OpRegion region;
        try {
            region = OpRegion.read(image, Location.root("fuzz"), new Diagnostics());
        } catch (MalformedImageException e) {
            if (accepted) {
                throw new AssertionError(
                        "the quick check accepted an OpRegion that cannot be read", e);
            }
            return;
        }
        Emitter out = new Emitter();
        region.write(out);
        if (!out.toImage().equals(image)) {
            throw new AssertionError("read and write changed the bytes");
        }
        region.vbt()
                .ifPresent(vbt -> {
                    if (!Vbt.looksLikeVbt(vbt, 0)) {
                        throw new AssertionError("the extent does not contain a VBT");
                    }
                });
    }
}
