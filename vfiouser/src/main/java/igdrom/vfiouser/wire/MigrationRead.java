package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Asks for the next bytes of the device state.
///
/// Spec: vfio-user, "VFIO_USER_MIG_DATA_READ".
///
/// @param argsz maximum size of the reply
public record MigrationRead(int argsz, int size) implements Request {
    private static final int SIZE = 8;

    static MigrationRead read(Payload in) throws RefusedException {
        in.checkSize(SIZE).checkNoDescriptors();
        int argsz = in.argsz(SIZE);
        return new MigrationRead(argsz, in.transferSize(in.u32(4)));
    }

    @Override
    public Command command() {
        return Command.MIG_DATA_READ;
    }

    @Override
    public void write(Emitter out) {
        out.u32(argsz).u32(size);
    }
}
