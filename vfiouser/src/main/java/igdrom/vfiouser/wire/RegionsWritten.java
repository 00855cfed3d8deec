package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Confirms a [RegionWriteMulti].
///
/// Spec: vfio-user, "VFIO_USER_REGION_WRITE_MULTI", the reply.
///
/// @param count of writes carried out
public record RegionsWritten(long count) implements Reply {
    @Override
    public void write(Emitter out) {
        out.u64(count);
    }
}
