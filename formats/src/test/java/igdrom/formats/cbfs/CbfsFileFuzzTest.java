package igdrom.formats.cbfs;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class CbfsFileFuzzTest {
    private static final Location LOCATION = Location.root("fuzz");

    @FuzzTest(maxDuration = "5s")
    void file_is_refused_or_written_back_unchanged(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        try {
            CbfsFile file = CbfsFile.read(image, LOCATION, new Diagnostics());
            PayloadSegment.readAll(file.data(), LOCATION, new Diagnostics());
            file.write(out);
        } catch (MalformedImageException _) {
            return;
        }
        if (!out.toImage().equals(image.slice(0, out.position()))) {
            throw new AssertionError("the written bytes differ from those read");
        }
    }
}
