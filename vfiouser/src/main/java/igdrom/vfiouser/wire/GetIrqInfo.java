package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Asks for the [IrqInfo] of one interrupt index.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_GET_IRQ_INFO".
///
/// @param argsz maximum size of the reply
/// @param index unsigned
public record GetIrqInfo(int argsz, long index) implements Request {
    static GetIrqInfo read(Payload in) throws RefusedException {
        in.checkSize(IrqInfo.SIZE).checkNoDescriptors();
        int argsz = in.argsz(IrqInfo.SIZE);
        in.checkZero("flags", 4, 4);
        in.checkZero("count", 12, 4);
        return new GetIrqInfo(argsz, in.u32(8));
    }

    @Override
    public Command command() {
        return Command.DEVICE_GET_IRQ_INFO;
    }

    @Override
    public void write(Emitter out) {
        out.u32(argsz).u32(0).u32(index).u32(0);
    }
}
