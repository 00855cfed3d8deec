package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Asks for the [RegionInfo] of one region.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_GET_REGION_INFO".
///
/// @param argsz maximum size of the reply
/// @param index unsigned
public record GetRegionInfo(int argsz, long index) implements Request {
    static GetRegionInfo read(Payload in) throws RefusedException {
        in.checkSize(RegionInfo.SIZE).checkNoDescriptors();
        int argsz = in.argsz(RegionInfo.SIZE);
        in.checkZero("flags", 4, 4);
        in.checkZero("cap_offset, size and offset", 12, 20);
        return new GetRegionInfo(argsz, in.u32(8));
    }

    @Override
    public Command command() {
        return Command.DEVICE_GET_REGION_INFO;
    }

    @Override
    public void write(Emitter out) {
        out.u32(argsz).u32(0).u32(index).u32(0).u64(0).u64(0);
    }
}
