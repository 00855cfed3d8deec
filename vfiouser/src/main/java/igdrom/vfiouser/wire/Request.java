package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// A request, without its header.
public sealed interface Request
        permits Access,
                DeviceFeature,
                DeviceGetInfo,
                DmaMap,
                DmaRead,
                DmaUnmap,
                DmaWrite,
                GetIrqInfo,
                GetRegionInfo,
                GetRegionIoFds,
                MigrationRead,
                MigrationWrite,
                RegionWriteMulti,
                SetIrqs,
                Version {

    Command command();

    void write(Emitter out);

    /// Reads a request of the client.
    ///
    /// @param body the whole message without its header
    /// @param descriptors how many came with the message
    /// @throws RefusedException when the request breaks a rule that does not depend on the device
    static Request read(Header header, Image body, int descriptors) throws RefusedException {
        if ((header.flags() & ~Header.NO_REPLY) != 0) {
            throw RefusedException.invalid(
                    "Flags are 0x%x, a command may set only No_reply".formatted(header.flags()));
        }
        Command command =
                Command.of(header.command())
                        .orElseThrow(() ->
                                new RefusedException(
                                        Errno.EOPNOTSUPP,
                                        "command %d is unknown".formatted(header.command())));
        Payload in = new Payload(command, body, descriptors);
        return switch (command) {
            case VERSION -> Version.read(in);
            case DMA_MAP -> DmaMap.read(in);
            case DMA_UNMAP -> DmaUnmap.read(in);
            case DEVICE_GET_INFO -> DeviceGetInfo.read(in);
            case DEVICE_GET_REGION_INFO -> GetRegionInfo.read(in);
            case DEVICE_GET_REGION_IO_FDS -> GetRegionIoFds.read(in);
            case DEVICE_GET_IRQ_INFO -> GetIrqInfo.read(in);
            case DEVICE_SET_IRQS -> SetIrqs.read(in);
            case REGION_READ -> RegionRead.read(in);
            case REGION_WRITE -> RegionWrite.read(in);
            case DEVICE_RESET -> DeviceReset.read(in);
            case REGION_WRITE_MULTI -> RegionWriteMulti.read(in);
            case DEVICE_FEATURE -> DeviceFeature.read(in);
            case MIG_DATA_READ -> MigrationRead.read(in);
            case MIG_DATA_WRITE -> MigrationWrite.read(in);
            case DMA_READ, DMA_WRITE -> throw in.invalid("is sent by servers only");
        };
    }
}
