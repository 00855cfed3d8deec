package igdrom.vfiouser.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;

class RequestFuzzTest {
    /// The first byte is the number of descriptors, the rest a message. A request that was read is
    /// written to bytes that read as the same request.
    @FuzzTest(maxDuration = "5s")
    void message_is_read_or_refused(byte[] data) {
        if (data.length < 1) {
            return;
        }
        Image frame = Image.of(data).from(1);
        int descriptors = data[0] & 31;
        try {
            Header header = Header.read(frame);
            if (frame.size() < header.size()) {
                return;
            }
            Request request = Request.read(header, frame.slice(16, header.bodySize()), descriptors);
            Image again = Header.command(header.id(), request);
            Request same = Request.read(Header.read(again), again.from(16), descriptors);
            if (!same.equals(request)) {
                throw new AssertionError(request + " became " + same);
            }
        } catch (MalformedImageException | RefusedException _) {
            // A valid outcome.
        }
    }
}
