package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// A [RegionInfo], without the mappable areas when the client has no space for them. The `argsz` of
/// the reply always gives the full size.
///
/// Spec: vfio-user, "Message sizes".
///
/// @param argsz maximum size of the reply
public record RegionInfoReply(RegionInfo region, int argsz) implements Reply {
    @Override
    public void write(Emitter out) {
        region.write(out, !region.areas().isEmpty() && region.replySize() <= argsz);
    }
}
