package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// What was read from a region.
///
/// Spec: vfio-user, "VFIO_USER_REGION_READ", the reply.
public record RegionData(RegionRead read, Image data) implements Reply {
    public RegionData {
        if (data.size() != read.count()) {
            throw new IllegalArgumentException(data + " for " + read);
        }
    }

    @Override
    public void write(Emitter out) {
        read.write(out);
        out.image(data);
    }
}
