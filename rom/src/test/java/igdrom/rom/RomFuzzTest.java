package igdrom.rom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.pci.PciId;
import java.util.Optional;

class RomFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void rom_is_checked_or_refused(byte[] bytes) {
        try {
            RomChecks.of(Image.of(bytes), "fuzz", Optional.of(PciId.intel(0x46d1)));
        } catch (MalformedImageException _) {
            // A clear refusal.
        }
    }
}
