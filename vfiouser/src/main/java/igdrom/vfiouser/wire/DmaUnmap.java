package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// Withdraws memory that the device could access. The reply repeats the request.
///
/// Spec: vfio-user, "VFIO_USER_DMA_UNMAP".
///
/// @param all all memory is unmapped; address and size are 0. Source: QEMU,
///   hw/vfio-user/container.c, which sends this flag although the specification lacks it.
public record DmaUnmap(int argsz, long address, long size, boolean all) implements Request, Reply {
    static final int SIZE = 24;
    private static final long ALL = 2;

    static DmaUnmap read(Payload in) throws RefusedException {
        in.checkSize(SIZE).checkNoDescriptors();
        int argsz = in.argsz(SIZE);
        boolean all = in.flags(4, ALL) != 0;
        long address = in.u64(8);
        long size = in.u64(16);
        if (all) {
            in.checkZero("address and size of an unmap of all memory", 8, 16);
        } else {
            in.checkRange(address, size);
        }
        return new DmaUnmap(argsz, address, size, all);
    }

    @Override
    public Command command() {
        return Command.DMA_UNMAP;
    }

    @Override
    public void write(Emitter out) {
        out.u32(argsz).u32(all ? ALL : 0).u64(address).u64(size);
    }
}
