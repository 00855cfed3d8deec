package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.Optional;

/// The first message and its reply: the protocol version and the capabilities of the sender.
///
/// Spec: vfio-user, "VFIO_USER_VERSION".
///
/// @param capabilities empty when the message has no version data
public record Version(int major, int minor, Optional<Capabilities> capabilities)
        implements Request, Reply {
    public static final int MAJOR = 0;
    public static final int MINOR = 0;

    /// The maximum size of version data. QEMU sends about 200 bytes.
    public static final int MAX_DATA_SIZE = 16 * 1024;

    private static final int SIZE = 4;

    static Version read(Payload in) throws RefusedException {
        in.checkMinSize(SIZE).checkNoDescriptors();
        if (in.size() > SIZE + MAX_DATA_SIZE) {
            throw in.invalid(
                    "size is 0x%x, the maximum is 0x%x".formatted(in.size(), SIZE + MAX_DATA_SIZE));
        }
        int major = in.u16(0);
        int minor = in.u16(2);
        if (major != MAJOR) {
            throw in.invalid("major is %d, expected %d".formatted(major, MAJOR));
        }
        if (in.size() == SIZE) {
            return new Version(major, minor, Optional.empty());
        }
        Image text = in.slice(SIZE, in.size() - SIZE - 1);
        if (in.from((int) in.size() - 1).u8(0) != 0 || text.contains(Image.ofAscii("\0"))) {
            throw in.invalid("data is not a single NUL-terminated string");
        }
        return new Version(major, minor, Optional.of(Capabilities.read(text)));
    }

    /// The reply to this message: our own limits, and the features that both sides support.
    public Version negotiate() {
        boolean writeMultiple = capabilities.isPresent() && capabilities.get().writeMultiple();
        Capabilities server = Capabilities.ofServer();
        return new Version(
                MAJOR,
                Math.min(minor, MINOR),
                Optional.of(
                        new Capabilities(
                                server.maxMsgFds(),
                                server.maxDataXferSize(),
                                server.maxDmaMaps(),
                                server.pageSizes(),
                                writeMultiple,
                                false)));
    }

    @Override
    public Command command() {
        return Command.VERSION;
    }

    @Override
    public void write(Emitter out) {
        out.u16(major).u16(minor);
        if (capabilities.isPresent()) {
            out.ascii(capabilities.get().json()).u8(0);
        }
    }
}
