package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// How many writes of a [RegionWriteMulti] were done.
///
/// Spec: vfio-user, "VFIO_USER_REGION_WRITE_MULTI", the reply.
public record RegionsWritten(long count) implements Reply {
    @Override
    public void write(Emitter out) {
        out.u64(count);
    }
}
