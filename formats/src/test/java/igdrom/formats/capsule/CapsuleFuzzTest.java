package igdrom.formats.capsule;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class CapsuleFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void capsule_is_refused_or_written_back_unchanged(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        try {
            Capsule.looksLikeCapsule(image);
            Capsule.read(image, Location.root("fuzz"), new Diagnostics()).write(out);
        } catch (MalformedImageException _) {
            return;
        }
        if (!out.toImage().equals(image)) {
            throw new AssertionError("the written bytes differ from those read");
        }
    }

    @FuzzTest(maxDuration = "5s")
    void items_are_refused_or_written_back_unchanged(byte[] bytes) {
        Location location = Location.root("fuzz");
        try {
            FmpBody body = FmpBody.read(Image.of(bytes), location, new Diagnostics());
            for (FmpBody.Item item : body.items()) {
                Emitter out = new Emitter();
                FmpPayload.read(item.raw(), location, new Diagnostics()).write(out);
                if (!out.toImage().equals(item.raw())) {
                    throw new AssertionError("the written bytes differ from those read");
                }
            }
        } catch (MalformedImageException _) {
            // Refusal is an acceptable result.
        }
    }
}
