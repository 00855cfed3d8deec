package igdrom.vfiouser.server;

import igdrom.linux.Descriptor;
import igdrom.linux.Descriptors;
import igdrom.vfiouser.wire.Access;
import igdrom.vfiouser.wire.Device;
import igdrom.vfiouser.wire.DeviceFeature;
import igdrom.vfiouser.wire.DeviceGetInfo;
import igdrom.vfiouser.wire.DmaMap;
import igdrom.vfiouser.wire.DmaRead;
import igdrom.vfiouser.wire.DmaUnmap;
import igdrom.vfiouser.wire.DmaWrite;
import igdrom.vfiouser.wire.Errno;
import igdrom.vfiouser.wire.GetIrqInfo;
import igdrom.vfiouser.wire.GetRegionInfo;
import igdrom.vfiouser.wire.GetRegionIoFds;
import igdrom.vfiouser.wire.MigrationRead;
import igdrom.vfiouser.wire.MigrationWrite;
import igdrom.vfiouser.wire.RefusedException;
import igdrom.vfiouser.wire.RegionData;
import igdrom.vfiouser.wire.RegionInfoReply;
import igdrom.vfiouser.wire.RegionIoFds;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.RegionWriteMulti;
import igdrom.vfiouser.wire.RegionWritten;
import igdrom.vfiouser.wire.RegionsWritten;
import igdrom.vfiouser.wire.Reply;
import igdrom.vfiouser.wire.Request;
import igdrom.vfiouser.wire.SetIrqs;
import igdrom.vfiouser.wire.Version;
import java.util.List;
import java.util.Map;

/// What each command of a client comes to: the server's part of it, or the device's.
final class Session {
    private final Device device;
    private final Interrupts interrupts;
    private final GuestMemory memory;
    private final Object memoryLock;
    private boolean agreed;
    private boolean touched;

    Session(Device device, Interrupts interrupts, GuestMemory memory, Object memoryLock) {
        this.device = device;
        this.interrupts = interrupts;
        this.memory = memory;
        this.memoryLock = memoryLock;
    }

    /// The version was agreed on.
    boolean agreed() {
        return agreed;
    }

    /// Whether the device was accessed since the last call.
    boolean takeTouched() {
        boolean was = touched;
        touched = false;
        return was;
    }

    Reply answer(Request request, Descriptors descriptors) throws RefusedException {
        if (agreed == request instanceof Version) {
            throw new RefusedException(Errno.EINVAL, "VERSION comes first, and once");
        }
        return switch (request) {
            case Version version -> {
                agreed = true;
                yield version.answer();
            }
            case DmaMap map -> {
                synchronized (memoryLock) {
                    memory.map(map, descriptors);
                }
                yield new Reply.Done();
            }
            case DmaUnmap unmap -> {
                synchronized (memoryLock) {
                    memory.unmap(unmap);
                }
                yield unmap;
            }
            case DeviceGetInfo(_) -> device.layout().info();
            case GetRegionInfo(int room, long index) ->
                    new RegionInfoReply(device.layout().region(index), room);
            case GetRegionIoFds(_, long index) ->
                    new RegionIoFds(device.layout().region(index).index());
            case GetIrqInfo(_, long index) -> device.layout().irq(index);
            case SetIrqs irqs -> {
                interrupts.set(irqs, descriptors);
                yield new Reply.Done();
            }
            case RegionWriteMulti(List<RegionWrite> writes) -> {
                for (RegionWrite write : writes) {
                    if (access(write) instanceof Reply.Refused(Errno errno)) {
                        throw new RefusedException(errno, "one of the writes was refused");
                    }
                }
                yield new RegionsWritten(writes.size());
            }
            case Access access -> access(access);
            case DeviceFeature _, MigrationRead _, MigrationWrite _ ->
                    throw new RefusedException(Errno.EOPNOTSUPP, "there is no migration");
            case DmaRead _, DmaWrite _ ->
                    throw new RefusedException(Errno.EINVAL, "is sent by servers only");
        };
    }

    private Reply access(Access access) throws RefusedException {
        Reply reply = device.handle(device.layout().checked(access));
        touched = true;
        if (reply instanceof Reply.Refused) {
            return reply;
        }
        return switch (access) {
            case RegionRead _ when !(reply instanceof RegionData) ->
                    throw new IllegalStateException(device + " answered a read with " + reply);
            case RegionRead _ -> reply;
            case RegionWrite write -> RegionWritten.of(write);
            default -> new Reply.Done();
        };
    }

    /// The descriptors that go with a reply.
    List<Descriptor> files(Reply reply, Map<Integer, Descriptor> regionFiles) {
        if (reply instanceof RegionInfoReply(var region, _) && region.mappable()) {
            Descriptor file = regionFiles.get(region.index());
            return file == null ? List.of() : List.of(file);
        }
        return List.of();
    }
}
