package igdrom.formats.fv;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Emitter;
import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;

class VolumeFuzzTest {
    private static final Place PLACE = Place.root("fuzz");

    @FuzzTest(maxDuration = "5s")
    void volume_reads_or_is_refused_and_what_reads_is_given_back(byte[] bytes) {
        Image image = Image.of(bytes);
        Volume volume;
        try {
            volume = Volume.read(image, PLACE, new Findings());
        } catch (MalformedImageException _) {
            return;
        }
        Emitter out = new Emitter();
        volume.write(out);
        if (!out.toImage().equals(image.slice(0, volume.size()))) {
            throw new AssertionError("written bytes differ");
        }
    }

    @FuzzTest(maxDuration = "5s")
    void sections_read_and_are_given_back(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        Section.readAll(image, 0, PLACE, new Findings()).forEach(part -> part.write(out));
        if (!out.toImage().equals(image)) {
            throw new AssertionError("written bytes differ");
        }
    }
}
