package igdrom.vfiouser.server;

import igdrom.linux.Descriptor;
import igdrom.linux.Descriptors;
import igdrom.vfiouser.wire.Access;
import igdrom.vfiouser.wire.DeviceFeature;
import igdrom.vfiouser.wire.DeviceGetInfo;
import igdrom.vfiouser.wire.DeviceReset;
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
import igdrom.vfiouser.wire.PciDevice;
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

/// Carries out the requests of a client: itself where the server is responsible, else by handing
/// them to the device.
final class Session {
    private final PciDevice device;
    private final IrqVectors irqVectors;
    private final GuestMemory memory;
    private final Object memoryLock;
    private boolean negotiated;
    private boolean accessed;

    Session(PciDevice device, IrqVectors irqVectors, GuestMemory memory, Object memoryLock) {
        this.device = device;
        this.irqVectors = irqVectors;
        this.memory = memory;
        this.memoryLock = memoryLock;
    }

    /// Whether the protocol version was negotiated.
    boolean negotiated() {
        return negotiated;
    }

    /// Whether the device was accessed since the last call.
    boolean takeAccessed() {
        boolean result = accessed;
        accessed = false;
        return result;
    }

    Reply handle(Request request, Descriptors descriptors) throws RefusedException {
        if (negotiated == request instanceof Version) {
            throw new RefusedException(
                    Errno.EINVAL, "VERSION must be the first message and is sent once");
        }
        return switch (request) {
            case Version version -> {
                negotiated = true;
                yield version.negotiate();
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
            case GetRegionInfo(int argsz, long index) ->
                    new RegionInfoReply(device.layout().region(index), argsz);
            case GetRegionIoFds(_, long index) ->
                    new RegionIoFds(device.layout().region(index).index());
            case GetIrqInfo(_, long index) -> device.layout().irq(index);
            case SetIrqs irqs -> {
                irqVectors.set(irqs, descriptors);
                yield new Reply.Done();
            }
            case RegionWriteMulti(List<RegionWrite> writes) -> {
                for (RegionWrite write : writes) {
                    if (access(write) instanceof Reply.Refused(Errno errno)) {
                        throw new RefusedException(errno, "the device refused one of the writes");
                    }
                }
                yield new RegionsWritten(writes.size());
            }
            case Access access -> access(access);
            case DeviceFeature _, MigrationRead _, MigrationWrite _ ->
                    throw new RefusedException(Errno.EOPNOTSUPP, "migration is not supported");
            case DmaRead _, DmaWrite _ ->
                    throw new RefusedException(
                            Errno.EINVAL, "DMA_READ and DMA_WRITE are sent by servers only");
        };
    }

    private Reply access(Access access) throws RefusedException {
        Reply reply = device.handle(device.layout().check(access));
        accessed = true;
        if (reply instanceof Reply.Refused) {
            return reply;
        }
        return switch (access) {
            case RegionRead _ when !(reply instanceof RegionData) ->
                    throw new IllegalStateException(device + " answered a read with " + reply);
            case RegionRead _ -> reply;
            case RegionWrite write -> RegionWritten.of(write);
            case DeviceReset _ -> new Reply.Done();
        };
    }

    /// The descriptors sent with a reply.
    List<Descriptor> files(Reply reply, Map<Integer, Descriptor> regionFiles) {
        if (reply instanceof RegionInfoReply(var region, _) && region.mappable()) {
            Descriptor file = regionFiles.get(region.index());
            return file == null ? List.of() : List.of(file);
        }
        return List.of();
    }
}
