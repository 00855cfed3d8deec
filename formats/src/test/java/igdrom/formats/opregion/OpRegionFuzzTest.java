package igdrom.formats.opregion;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.vbt.Vbt;

class OpRegionFuzzTest {
    /// What the probe takes reads, what reads is written back as it was, and its VBT is one.
    @FuzzTest(maxDuration = "5s")
    void reads_or_refuses(byte[] data) {
        Image image = Image.of(data);
        boolean probed = OpRegion.looksLikeOpRegion(image, 0);
        OpRegion region;
        try {
            region = OpRegion.read(image, Location.root("fuzz"), new Diagnostics());
        } catch (MalformedImageException e) {
            if (probed) {
                throw new AssertionError("the probe took what cannot be read", e);
            }
            return;
        }
        Emitter out = new Emitter();
        region.write(out);
        if (!out.toImage().equals(image)) {
            throw new AssertionError("not the same bytes");
        }
        region.vbt()
                .ifPresent(vbt -> {
                    if (!Vbt.looksLikeVbt(vbt, 0)) {
                        throw new AssertionError("the VBT is none");
                    }
                });
    }
}
