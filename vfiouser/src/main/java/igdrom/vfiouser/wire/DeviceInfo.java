package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// The size of a device: how many regions and interrupt indexes it has. It is always a PCI device;
/// the protocol knows no other kind.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_GET_INFO", the reply.
public record DeviceInfo(boolean resets, int regions, int irqs) implements Reply {
    static final int SIZE = 16;
    private static final long FLAG_RESET = 1;
    private static final long FLAG_PCI = 2;

    @Override
    public void write(Emitter out) {
        out.u32(SIZE).u32(FLAG_PCI | (resets ? FLAG_RESET : 0)).u32(regions).u32(irqs);
    }
}
