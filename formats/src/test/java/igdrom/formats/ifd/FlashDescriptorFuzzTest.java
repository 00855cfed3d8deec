package igdrom.formats.ifd;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class FlashDescriptorFuzzTest {
    /// Pads the input to 4 KiB with a valid signature, since the fuzzer would not grow it that far.
    @FuzzTest(maxDuration = "5s")
    void descriptor_is_refused_or_written_back_unchanged(byte[] bytes) {
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
            throw new AssertionError("the written bytes differ from those read");
        }
    }
}
