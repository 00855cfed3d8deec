package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Confirms a [RegionWrite].
///
/// Spec: vfio-user, "VFIO_USER_REGION_WRITE", the reply.
public record RegionWritten(long offset, long region, long count) implements Reply {
    public static RegionWritten of(RegionWrite write) {
        return new RegionWritten(write.offset(), write.region(), write.data().size());
    }

    @Override
    public void write(Emitter out) {
        out.u64(offset).u32(region).u32(count);
    }
}
