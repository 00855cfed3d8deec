package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Reads from a region. The reply is [RegionData].
///
/// Spec: vfio-user, "VFIO_USER_REGION_READ".
///
/// @param offset unsigned until [DeviceLayout#check] has accepted it
/// @param region unsigned
public record RegionRead(long offset, long region, int count) implements Access {
    static final int SIZE = 16;

    static RegionRead read(Payload in) throws RefusedException {
        in.checkSize(SIZE).checkNoDescriptors();
        int count = in.transferSize(in.u32(12));
        in.checkRange(in.u64(0), count);
        return new RegionRead(in.u64(0), in.u32(8), count);
    }

    @Override
    public Command command() {
        return Command.REGION_READ;
    }

    @Override
    public void write(Emitter out) {
        out.u64(offset).u32(region).u32(count);
    }
}
