package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Resets the device.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_RESET".
public record DeviceReset() implements Access {
    static DeviceReset read(Payload in) throws RefusedException {
        in.checkSize(0).checkNoDescriptors();
        return new DeviceReset();
    }

    @Override
    public Command command() {
        return Command.DEVICE_RESET;
    }

    @Override
    public void write(Emitter out) {}
}
