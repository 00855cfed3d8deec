package igdrom.formats.pfs;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class PfsPackageFuzzTest {
    private static final Location LOCATION = Location.root("fuzz");

    @FuzzTest(maxDuration = "5s")
    void package_is_refused_or_written_back_unchanged(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        try {
            PfsPackage.looksLikePackage(image, 0);
            PfsPackage pfs = PfsPackage.read(image, LOCATION, new Diagnostics());
            Chunks.of(pfs, LOCATION, new Diagnostics());
            pfs.write(out);
        } catch (MalformedImageException _) {
            return;
        }
        checkWrittenBack(image, out);
    }

    @FuzzTest(maxDuration = "5s")
    void section_is_refused_or_written_back_unchanged(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        try {
            DellSection.looksLikeSection(image, 0);
            DellSection.read(image, LOCATION, new Diagnostics()).write(out);
        } catch (MalformedImageException _) {
            return;
        }
        checkWrittenBack(image, out);
    }

    private static void checkWrittenBack(Image image, Emitter out) {
        if (!out.toImage().equals(image.slice(0, out.position()))) {
            throw new AssertionError("the written bytes differ from those read");
        }
    }
}
