package igdrom.bench.witness;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class WitnessFuzzTest {
    /// What reads is written to what reads to the same. Size and sum are made right first, or
    /// nothing would get past them.
    @FuzzTest(maxDuration = "5s")
    void reads_or_refuses(byte[] data) {
        try {
            Witness witness = Witness.read(righted(Image.of(data)), Location.root("report"));
            Witness again = Witness.read(WitnessEmitter.image(witness), Location.root("again"));
            if (!again.equals(witness)) {
                throw new AssertionError(witness + " became " + again);
            }
        } catch (MalformedImageException _) {
            // Refused, as it should be.
        }
    }

    private static Image righted(Image image) {
        if (image.size() < 40 || image.size() > Witness.MAX_SIZE) {
            return image;
        }
        Emitter out = new Emitter().image(image).patch(12, u32(image.size()));
        long at = image.size() - 4;
        return out.patch(at, u32(out.toImage().slice(0, at).crc32())).toImage();
    }

    private static Image u32(long value) {
        return new Emitter().u32(value).toImage();
    }
}
