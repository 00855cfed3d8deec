package igdrom.formats.capsule;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Emitter;
import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;

class CapsuleFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void capsule_reads_or_is_refused_and_what_reads_is_given_back(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        try {
            Capsule.looksLikeCapsule(image);
            Capsule.read(image, Place.root("fuzz"), new Findings()).write(out);
        } catch (MalformedImageException _) {
            return;
        }
        if (!out.toImage().equals(image)) {
            throw new AssertionError("written bytes differ");
        }
    }

    @FuzzTest(maxDuration = "5s")
    void items_read_or_are_refused_and_what_reads_is_given_back(byte[] bytes) {
        Place place = Place.root("fuzz");
        try {
            FmpBody body = FmpBody.read(Image.of(bytes), place, new Findings());
            for (FmpBody.Item item : body.items()) {
                Emitter out = new Emitter();
                FmpPayload.read(item.raw(), place, new Findings()).write(out);
                if (!out.toImage().equals(item.raw())) {
                    throw new AssertionError("written bytes differ");
                }
            }
        } catch (MalformedImageException _) {
            // What is asked of a reader: a clear refusal.
        }
    }
}
