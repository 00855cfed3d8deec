package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// The reply that a region has no eventfds, as is true of all our regions.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_GET_REGION_IO_FDS", the reply.
public record RegionIoFds(int index) implements Reply {
    static final int SIZE = 16;

    @Override
    public void write(Emitter out) {
        out.u32(SIZE).u32(0).u32(index).u32(0);
    }
}
