package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// A reply to a command, without its header.
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

    /// Success without a body: the reply to DMA_MAP, DEVICE_SET_IRQS and DEVICE_RESET.
    record Done() implements Reply {
        @Override
        public void write(Emitter out) {}
    }

    /// Failure, sent as a header alone.
    record Refused(Errno errno) implements Reply {
        @Override
        public void write(Emitter out) {}
    }
}
