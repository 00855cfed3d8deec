package igdrom.formats.acpi;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class DmarFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void reads_or_refuses(byte[] data) {
        try {
            Dmar dmar = Dmar.read(Image.of(data), Location.root("fuzz"));
            int known = dmar.units().size() + dmar.reserved().size();
            if (known > dmar.types().size() || dmar.types().size() * 4L > data.length) {
                throw new AssertionError("more structures than bytes");
            }
        } catch (MalformedImageException _) {
            // A clear refusal.
        }
    }
}
