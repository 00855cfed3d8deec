package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Gets, sets or probes a device feature. All features defined so far serve migration.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_FEATURE".
///
/// @param argsz maximum size of the reply
public record DeviceFeature(
        int argsz, int index, boolean get, boolean set, boolean probe, Image data)
        implements Request {
    private static final int SIZE = 8;
    private static final long INDEX_MASK = 0xffff;
    private static final long GET = 1 << 16;
    private static final long SET = 1 << 17;
    private static final long PROBE = 1 << 18;

    static DeviceFeature read(Payload in) throws RefusedException {
        in.checkMinSize(SIZE).checkNoDescriptors();
        int argsz = in.argsz(SIZE);
        long flags = in.flags(4, INDEX_MASK | GET | SET | PROBE);
        boolean get = (flags & GET) != 0;
        boolean set = (flags & SET) != 0;
        boolean probe = (flags & PROBE) != 0;
        if (!probe && get == set) {
            throw in.invalid(
                    "flags are 0x%x, expected exactly one of GET and SET".formatted(flags));
        }
        return new DeviceFeature(argsz, (int) (flags & INDEX_MASK), get, set, probe, in.from(SIZE));
    }

    @Override
    public Command command() {
        return Command.DEVICE_FEATURE;
    }

    @Override
    public void write(Emitter out) {
        out.u32(argsz).u32(index | (get ? GET : 0) | (set ? SET : 0) | (probe ? PROBE : 0));
        out.image(data);
    }
}
