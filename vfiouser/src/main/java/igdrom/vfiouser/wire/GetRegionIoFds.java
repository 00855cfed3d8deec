package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Asks for the eventfds through which a hypervisor may signal accesses to parts of a region
/// without messages. We have none.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_GET_REGION_IO_FDS".
///
/// @param argsz maximum size of the reply
/// @param index unsigned
public record GetRegionIoFds(int argsz, long index) implements Request {
    static GetRegionIoFds read(Payload in) throws RefusedException {
        in.checkSize(RegionIoFds.SIZE).checkNoDescriptors();
        int argsz = in.argsz(RegionIoFds.SIZE);
        in.checkZero("flags", 4, 4);
        in.checkZero("count", 12, 4);
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
