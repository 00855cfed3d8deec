package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Writes to a region. The reply, unless the header asks for none, is [RegionWritten].
///
/// Spec: vfio-user, "VFIO_USER_REGION_WRITE".
///
/// @param offset unsigned until [DeviceLayout#check] has accepted it
/// @param region unsigned
public record RegionWrite(long offset, long region, Image data) implements Access {
    static RegionWrite read(Payload in) throws RefusedException {
        in.checkMinSize(RegionRead.SIZE).checkNoDescriptors();
        int count = in.transferSize(in.u32(12));
        in.checkSize(RegionRead.SIZE + (long) count);
        in.checkRange(in.u64(0), count);
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
