package igdrom.formats.biosguard;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class PfatPackageFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void package_is_refused_or_written_back_unchanged(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        try {
            PfatPackage.looksLikePackage(image, 0);
            PfatPackage pfat = PfatPackage.read(image, Location.root("fuzz"), new Diagnostics());
            pfat.parts().forEach(PfatPart::data);
            pfat.write(out);
        } catch (MalformedImageException _) {
            return;
        }
        if (!out.toImage().equals(image.slice(0, out.position()))) {
            throw new AssertionError("the written bytes differ from those read");
        }
    }
}
