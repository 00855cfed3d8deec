package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Hands over the next bytes of a device's state.
///
/// Spec: vfio-user, "VFIO_USER_MIG_DATA_WRITE".
///
/// @param argsz room for the reply
public record MigrationWrite(int argsz, Image data) implements Request {
    private static final int SIZE = 8;

    static MigrationWrite read(Payload in) throws RefusedException {
        in.atLeast(SIZE).withoutDescriptors();
        int argsz = in.argsz(SIZE);
        in.exactly(SIZE + (long) in.transfer(in.u32(4)));
        return new MigrationWrite(argsz, in.from(SIZE));
    }

    @Override
    public Command command() {
        return Command.MIG_DATA_WRITE;
    }

    @Override
    public void write(Emitter out) {
        out.u32(argsz).u32(data.size()).image(data);
    }
}
