package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.Optional;

/// The first message, and its answer: protocol version and what the sender can do.
///
/// Spec: vfio-user, "VFIO_USER_VERSION".
///
/// @param capabilities empty when there is no version data
public record Version(int major, int minor, Optional<Capabilities> capabilities)
        implements Request, Reply {
    public static final int MAJOR = 0;
    public static final int MINOR = 0;

    /// The longest version data that is read. QEMU sends about 200 bytes.
    public static final int MAX_DATA = 16 * 1024;

    private static final int SIZE = 4;

    static Version read(Payload in) throws RefusedException {
        in.atLeast(SIZE).withoutDescriptors();
        if (in.size() > SIZE + MAX_DATA) {
            throw in.invalid(
                    "has 0x%x bytes, the most is 0x%x".formatted(in.size(), SIZE + MAX_DATA));
        }
        int major = in.u16(0);
        int minor = in.u16(2);
        if (major != MAJOR) {
            throw in.invalid("major is %d, not %d".formatted(major, MAJOR));
        }
        if (in.size() == SIZE) {
            return new Version(major, minor, Optional.empty());
        }
        Image text = in.slice(SIZE, in.size() - SIZE - 1);
        if (in.from((int) in.size() - 1).u8(0) != 0 || text.contains(Image.ofAscii("\0"))) {
            throw in.invalid("data does not end in its only NUL");
        }
        return new Version(major, minor, Optional.of(Capabilities.read(text)));
    }

    /// What we answer: our own limits, and of the features those that were offered.
    public Version answer() {
        boolean multiple = capabilities.isPresent() && capabilities.get().writeMultiple();
        Capabilities ours = Capabilities.ours();
        return new Version(
                MAJOR,
                Math.min(minor, MINOR),
                Optional.of(
                        new Capabilities(
                                ours.maxMsgFds(),
                                ours.maxDataXferSize(),
                                ours.maxDmaMaps(),
                                ours.pageSizes(),
                                multiple,
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
