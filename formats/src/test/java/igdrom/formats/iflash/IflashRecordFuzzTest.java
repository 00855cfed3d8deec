package igdrom.formats.iflash;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class IflashRecordFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void record_is_refused_or_written_back_unchanged(byte[] bytes) {
        Image image = Image.of(bytes);
        Emitter out = new Emitter();
        try {
            IflashRecord.looksLikeRecord(image, 0);
            IflashRecord record =
                    IflashRecord.read(image, Location.root("fuzz"), new Diagnostics());
            record.name();
            record.write(out);
        } catch (MalformedImageException _) {
            return;
        }
        if (!out.toImage().equals(image.slice(0, out.position()))) {
            throw new AssertionError("the written bytes differ from those read");
        }
    }
}
