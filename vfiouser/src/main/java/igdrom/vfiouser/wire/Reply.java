package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// The answer to a command, without its header.
public sealed interface Reply
        permits DeviceInfo,
                DmaUnmap,
                IrqInfo,
                RegionData,
                RegionInfoReply,
                RegionIoFds,
                RegionWritten,
                RegionsWritten,
                Reply.Done,
                Reply.Refused,
                Version {

    void write(Emitter out);

    /// Done, and there is nothing to say: DMA_MAP, DEVICE_SET_IRQS, DEVICE_RESET.
    record Done() implements Reply {
        @Override
        public void write(Emitter out) {}
    }

    /// Not done. Only the header is sent.
    record Refused(Errno errno) implements Reply {
        @Override
        public void write(Emitter out) {}
    }
}
