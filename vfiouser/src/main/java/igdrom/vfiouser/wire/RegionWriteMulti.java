package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import java.util.ArrayList;
import java.util.List;

/// Several writes of up to 8 bytes each, in order.
///
/// Spec: vfio-user, "VFIO_USER_REGION_WRITE_MULTI".
public record RegionWriteMulti(List<RegionWrite> writes) implements Request {
    /// The maximum number of writes in one message. QEMU sends at most 200.
    public static final int MAX_WRITES = 4096;

    private static final int HEAD_SIZE = 8;
    private static final int WRITE_SIZE = 24;
    private static final int MAX_COUNT = 8;

    public RegionWriteMulti {
        writes = List.copyOf(writes);
    }

    static RegionWriteMulti read(Payload in) throws RefusedException {
        in.checkMinSize(HEAD_SIZE).checkNoDescriptors();
        long count = in.u64(0);
        if (count == 0 || Long.compareUnsigned(count, MAX_WRITES) > 0) {
            throw in.invalid("wr_cnt is 0x%x, expected 1 to 0x%x".formatted(count, MAX_WRITES));
        }
        in.checkSize(HEAD_SIZE + WRITE_SIZE * count);
        List<RegionWrite> writes = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            int at = HEAD_SIZE + WRITE_SIZE * i;
            long size = in.u32(at + 12);
            if (size == 0 || size > MAX_COUNT) {
                throw in.invalid("count of write %d is 0x%x, expected 1 to 8".formatted(i, size));
            }
            in.checkRange(in.u64(at), size);
            writes.add(new RegionWrite(in.u64(at), in.u32(at + 8), in.slice(at + 16, size)));
        }
        return new RegionWriteMulti(writes);
    }

    @Override
    public Command command() {
        return Command.REGION_WRITE_MULTI;
    }

    @Override
    public void write(Emitter out) {
        out.u64(writes.size());
        for (RegionWrite write : writes) {
            write.write(out);
            out.fill(0, MAX_COUNT - write.data().size());
        }
    }
}
