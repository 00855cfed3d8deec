package igdrom.vfiouser.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import igdrom.bytes.Image;
import igdrom.testing.Bruises;

/// Reads whole messages as a server does.
final class Frames {
    private Frames() {}

    static Request read(Image frame, int descriptors) throws RefusedException {
        Header header = Header.read(frame);
        return Request.read(header, frame.slice(16, header.bodySize()), descriptors);
    }

    /// Asserts that a message reads as expected and is written back unchanged.
    static void same(Request expected, int id, String hex, int descriptors)
            throws RefusedException {
        Image frame = Image.ofHex(hex);
        assertThat(read(frame, descriptors)).isEqualTo(expected);
        assertThat(Header.command(id, expected)).isEqualTo(frame);
        bruise(frame, descriptors);
    }

    static void refused(int command, String body, int descriptors, String expected) {
        refused(command, body, descriptors, Errno.EINVAL, expected);
    }

    static void refused(int command, String body, int descriptors, Errno errno, String expected) {
        Image payload = Image.ofHex(body);
        Header header = new Header(1, command, 16 + (int) payload.size(), 0, 0);
        RefusedException refusal =
                catchThrowableOfType(
                        RefusedException.class, () -> Request.read(header, payload, descriptors));
        assertThat(refusal).hasMessage(expected);
        assertThat(refusal.errno()).isEqualTo(errno);
    }

    /// Asserts the bytes of a reply to the command with id 0x1234.
    static void reply(int command, Reply reply, String hex) {
        assertThat(new Header(0x1234, command, 16, 0, 0).reply(reply)).isEqualTo(Image.ofHex(hex));
    }

    private static void bruise(Image frame, int descriptors) {
        Bruises.bytes(frame, 1, bruised -> readOrRefuse(bruised, descriptors));
        Bruises.truncations(
                frame.from(16),
                body -> {
                    Header whole = Header.read(frame);
                    int size = 16 + (int) body.size();
                    Header cut = new Header(whole.id(), whole.command(), size, whole.flags(), 0);
                    try {
                        Request.read(cut, body, descriptors);
                    } catch (RefusedException _) {
                        // A refusal is a valid outcome.
                    }
                });
    }

    private static void readOrRefuse(Image frame, int descriptors) {
        Header header = Header.read(frame);
        long size = Math.min(header.bodySize(), frame.size() - 16);
        try {
            Request.read(header, frame.slice(16, size), descriptors);
        } catch (RefusedException _) {
            // A refusal is a valid outcome.
        }
    }
}
