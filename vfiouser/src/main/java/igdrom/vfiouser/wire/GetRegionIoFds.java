package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Asks for descriptors through which parts of a region are accessed past the client.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_GET_REGION_IO_FDS".
///
/// @param argsz room for the reply
/// @param index unsigned
public record GetRegionIoFds(int argsz, long index) implements Request {
    static GetRegionIoFds read(Payload in) throws RefusedException {
        in.exactly(RegionIoFds.SIZE).withoutDescriptors();
        int argsz = in.argsz(RegionIoFds.SIZE);
        in.zero("flags", 4, 4);
        in.zero("count", 12, 4);
        return new GetRegionIoFds(argsz, in.u32(8));
    }

    @Override
    public Command command() {
        return Command.DEVICE_GET_REGION_IO_FDS;
    }

    @Override
    public void write(Emitter out) {
        out.u32(argsz).u32(0).u32(index).u32(0);
    }
}
