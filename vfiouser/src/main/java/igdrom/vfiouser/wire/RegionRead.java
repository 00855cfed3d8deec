package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Reads from a region. The answer is [RegionData].
///
/// Spec: vfio-user, "VFIO_USER_REGION_READ".
///
/// @param offset unsigned, until the server has compared it with the region
/// @param region unsigned
public record RegionRead(long offset, long region, int count) implements Access {
    static final int SIZE = 16;

    static RegionRead read(Payload in) throws RefusedException {
        in.exactly(SIZE).withoutDescriptors();
        int count = in.transfer(in.u32(12));
        in.range(in.u64(0), count);
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
