package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The data read from a region.
///
/// Spec: vfio-user, "VFIO_USER_REGION_READ", the reply.
public record RegionData(RegionRead read, Image data) implements Reply {
    public RegionData {
        if (data.size() != read.count()) {
            throw new IllegalArgumentException(
                    "%s has %d bytes of data".formatted(read, data.size()));
        }
    }

    @Override
    public void write(Emitter out) {
        read.write(out);
        out.image(data);
    }
}
