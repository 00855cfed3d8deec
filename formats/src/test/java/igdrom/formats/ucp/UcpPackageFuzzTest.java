package igdrom.formats.ucp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class UcpPackageFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void package_is_refused_or_written_back_unchanged(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        try {
            UcpPackage.looksLikePackage(image, 0);
            UcpPackage ucp = UcpPackage.read(image, Location.root("fuzz"), new Diagnostics());
            for (UcpModule module : ucp.modules()) {
                if (module.isCompressed()) {
                    module.compressedData();
                } else {
                    module.data();
                }
            }
            ucp.write(out);
        } catch (MalformedImageException _) {
            return;
        }
        if (!out.toImage().equals(image.slice(0, out.position()))) {
            throw new AssertionError("the written bytes differ from those read");
        }
    }
}
