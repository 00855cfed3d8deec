package igdrom.formats.ifd;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class FlashDescriptorFuzzTest {
    /// The fuzzer's bytes stand behind a right signature in 4 KiB: it would not grow that far
    /// itself.
    @FuzzTest(maxDuration = "5s")
    void descriptor_reads_or_is_refused_and_what_reads_is_given_back(byte[] bytes) {
        Emitter padded = new Emitter().fill(0xff, 16).u32(0x0ff0a55aL).image(Image.of(bytes));
        Image image =
                padded.fill(0xff, FlashDescriptor.SIZE).toImage().slice(0, FlashDescriptor.SIZE);
        Emitter out = new Emitter();
        try {
            FlashDescriptor descriptor = FlashDescriptor.read(image, Location.root("fuzz"));
            descriptor.regions();
            descriptor.write(out);
        } catch (MalformedImageException _) {
            return;
        }
        if (!out.toImage().equals(image)) {
            throw new AssertionError("written bytes differ");
        }
    }
}
