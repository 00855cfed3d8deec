package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Writes to a region. The answer is [RegionWritten], if one is wanted.
///
/// Spec: vfio-user, "VFIO_USER_REGION_WRITE".
///
/// @param offset unsigned, until the server has compared it with the region
/// @param region unsigned
public record RegionWrite(long offset, long region, Image data) implements Access {
    static RegionWrite read(Payload in) throws RefusedException {
        in.atLeast(RegionRead.SIZE).withoutDescriptors();
        int count = in.transfer(in.u32(12));
        in.exactly(RegionRead.SIZE + (long) count);
        in.range(in.u64(0), count);
        return new RegionWrite(in.u64(0), in.u32(8), in.from(RegionRead.SIZE));
    }

    @Override
    public Command command() {
        return Command.REGION_WRITE;
    }

    @Override
    public void write(Emitter out) {
        out.u64(offset).u32(region).u32(data.size()).image(data);
    }
}
