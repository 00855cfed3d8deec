package igdrom.formats.pfs;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class PfsPackageFuzzTest {
    private static final Location PLACE = Location.root("fuzz");

    @FuzzTest(maxDuration = "5s")
    void package_reads_or_is_refused_and_what_reads_is_given_back(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        try {
            PfsPackage.looksLikePackage(image, 0);
            PfsPackage pfs = PfsPackage.read(image, PLACE, new Diagnostics());
            Chunks.of(pfs, PLACE, new Diagnostics());
            pfs.write(out);
        } catch (MalformedImageException _) {
            return;
        }
        given_back(image, out);
    }

    @FuzzTest(maxDuration = "5s")
    void section_reads_or_is_refused_and_what_reads_is_given_back(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        try {
            DellSection.looksLikeSection(image, 0);
            DellSection.read(image, PLACE, new Diagnostics()).write(out);
        } catch (MalformedImageException _) {
            return;
        }
        given_back(image, out);
    }

    private static void given_back(Image image, Emitter out) {
        if (!out.toImage().equals(image.slice(0, out.position()))) {
            throw new AssertionError("written bytes differ");
        }
    }
}
