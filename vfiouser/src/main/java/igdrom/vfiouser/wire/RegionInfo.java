package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;
import java.util.List;

/// One region of a device: a BAR, the ROM or config space.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_GET_REGION_INFO", the reply; linux/vfio.h, `struct
/// vfio_region_info_cap_sparse_mmap`.
///
/// @param mappable whether the client may map the region; the reply then carries its file
/// @param areas the parts that may be mapped, or none for the whole region
/// @param fileOffset the start of the region in its file
public record RegionInfo(
        int index,
        long size,
        boolean readable,
        boolean writable,
        boolean mappable,
        List<Area> areas,
        long fileOffset) {
    /// The number of regions that PCI defines; the last is VGA.
    public static final int PCI_REGIONS = 9;

    public static final int PCI_ROM = 6;
    public static final int PCI_CONFIG = 7;

    static final int SIZE = 32;
    private static final int CAP_SIZE = 16;
    private static final int AREA_SIZE = 16;
    private static final int CAP_SPARSE_MMAP = 1;

    private static final long FLAG_READ = 1;
    private static final long FLAG_WRITE = 2;
    private static final long FLAG_MMAP = 4;
    private static final long FLAG_CAPS = 8;

    /// A part of a region.
    public record Area(long offset, long size) {}

    public RegionInfo {
        areas = List.copyOf(areas);
        if (size < 0 || fileOffset < 0 || (!mappable && (!areas.isEmpty() || fileOffset != 0))) {
            throw new IllegalArgumentException(
                    "region %d is inconsistent: size %d, file offset %d, mappable %s"
                            .formatted(index, size, fileOffset, mappable));
        }
        for (Area area : areas) {
            if (area.offset < 0 || area.size <= 0 || area.offset > size - area.size) {
                throw new IllegalArgumentException(area + " is outside region " + index);
            }
        }
    }

    /// A region that is read and written by messages only.
    public static RegionInfo plain(int index, long size) {
        return new RegionInfo(index, size, true, true, false, List.of(), 0);
    }

    /// A region that the device does not have.
    public static RegionInfo none(int index) {
        return new RegionInfo(index, 0, false, false, false, List.of(), 0);
    }

    /// Whether the region contains all of `count` bytes at `offset`, both unsigned.
    public boolean contains(long offset, long count) {
        return offset >= 0 && count >= 0 && count <= size && offset <= size - count;
    }

    int replySize() {
        return areas.isEmpty() ? SIZE : SIZE + CAP_SIZE + AREA_SIZE * areas.size();
    }

    void write(Emitter out, boolean withAreas) {
        long flags =
                (readable ? FLAG_READ : 0)
                        | (writable ? FLAG_WRITE : 0)
                        | (mappable ? FLAG_MMAP : 0)
                        | (areas.isEmpty() ? 0 : FLAG_CAPS);
        out.u32(replySize()).u32(flags).u32(index);
        // Also in a reply too small for the areas, which says how large it has to be.
        // Source: QEMU, hw/vfio-user/device.c, vfio_user_device_io_get_region_info() refuses offset
        // 0.
        out.u32(areas.isEmpty() ? 0 : SIZE).u64(size).u64(fileOffset);
        if (withAreas) {
            out.u16(CAP_SPARSE_MMAP).u16(1).u32(0).u32(areas.size()).u32(0);
            areas.forEach(area -> out.u64(area.offset).u64(area.size));
        }
    }
}
