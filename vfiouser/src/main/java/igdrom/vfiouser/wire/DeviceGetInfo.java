package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Asks for the [DeviceInfo].
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_GET_INFO".
///
/// @param argsz maximum size of the reply
public record DeviceGetInfo(int argsz) implements Request {
    static DeviceGetInfo read(Payload in) throws RefusedException {
        in.checkSize(DeviceInfo.SIZE).checkNoDescriptors();
        int argsz = in.argsz(DeviceInfo.SIZE);
        in.checkZero("flags, num_regions and num_irqs", 4, 12);
        return new DeviceGetInfo(argsz);
    }

    @Override
    public Command command() {
        return Command.DEVICE_GET_INFO;
    }

    @Override
    public void write(Emitter out) {
        out.u32(argsz).u32(0).u32(0).u32(0);
    }
}
