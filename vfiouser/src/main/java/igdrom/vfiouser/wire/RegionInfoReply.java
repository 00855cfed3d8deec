package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// A [RegionInfo] as far as the client has room for it. `argsz` always says how much it takes.
///
/// Spec: vfio-user, "Message sizes".
///
/// @param room the client's `argsz`
public record RegionInfoReply(RegionInfo region, int room) implements Reply {
    @Override
    public void write(Emitter out) {
        region.write(out, !region.areas().isEmpty() && region.replySize() <= room);
    }
}
