package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Supplies the next bytes of the device state.
///
/// Spec: vfio-user, "VFIO_USER_MIG_DATA_WRITE".
///
/// @param argsz size of the message
public record MigrationWrite(int argsz, Image data) implements Request {
    private static final int SIZE = 8;

    static MigrationWrite read(Payload in) throws RefusedException {
        in.checkMinSize(SIZE).checkNoDescriptors();
        int argsz = in.argsz(SIZE);
        in.checkSize(SIZE + (long) in.transferSize(in.u32(4)));
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
