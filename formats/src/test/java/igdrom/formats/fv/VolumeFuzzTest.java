package igdrom.formats.fv;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class VolumeFuzzTest {
    private static final Location LOCATION = Location.root("fuzz");

    @FuzzTest(maxDuration = "5s")
    void volume_is_refused_or_written_back_unchanged(byte[] bytes) {
        Image image = Image.of(bytes);
        Volume volume;
        try {
            volume = Volume.read(image, LOCATION, new Diagnostics());
        } catch (MalformedImageException _) {
            return;
        }
        Emitter out = new Emitter();
        volume.write(out);
        if (!out.toImage().equals(image.slice(0, volume.size()))) {
            throw new AssertionError("the written bytes differ from those read");
        }
    }

    @FuzzTest(maxDuration = "5s")
    void sections_are_written_back_unchanged(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        Section.readAll(image, 0, LOCATION, new Diagnostics()).forEach(part -> part.write(out));
        if (!out.toImage().equals(image)) {
            throw new AssertionError("the written bytes differ from those read");
        }
    }
}
