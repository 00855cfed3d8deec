package igdrom.vfiouser.server;

import igdrom.linux.Descriptor;
import igdrom.linux.Descriptors;
import igdrom.linux.LinuxException;
import igdrom.vfiouser.server.FileMappings.SharedMapping;
import igdrom.vfiouser.wire.DmaMap;
import igdrom.vfiouser.wire.DmaUnmap;
import igdrom.vfiouser.wire.Errno;
import igdrom.vfiouser.wire.RefusedException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ranges of guest memory that the client has announced with DMA_MAP. The firmware changes them
/// often while it runs, and not all come with a descriptor.
///
/// Not thread-safe: [Connection] holds a lock.
final class GuestMemory implements AutoCloseable {
    /// More than we announce, since a guest that maps page by page has a range for each: 4 GiB.
    private static final int MAX_RANGES = 1 << 20;

    private final TreeMap<Long, Range> ranges = new TreeMap<>(Long::compareUnsigned);
    private final FileMappings files = new FileMappings();

    /// One range. Without a mapping it is read and written by messages only.
    record Range(DmaMap map, @Nullable SharedMapping mapping) {
        boolean contains(long address) {
            return Long.compareUnsigned(address - map.address(), map.size()) < 0;
        }

        /// The address of its last byte.
        long last() {
            return map.address() + (map.size() - 1);
        }

        /// The number of bytes from an address in it to its end.
        long after(long address) {
            return map.size() - (address - map.address());
        }

        /// Where the byte at an address is in the mapping.
        long offset(long address) {
            return map.offset() + (address - map.address());
        }

        void close() {
            if (mapping != null) {
                mapping.release();
            }
        }
    }

    void map(DmaMap map, Descriptors descriptors) throws RefusedException {
        if (ranges.size() >= MAX_RANGES) {
            throw new RefusedException(Errno.ENOSPC, "too many memory ranges");
        }
        // Mapped ranges never overlap, so only the last one that starts at or below our last
        // address can overlap the new range.
        Map.Entry<Long, Range> before = ranges.floorEntry(map.address() + (map.size() - 1));
        if (before != null) {
            if (Long.compareUnsigned(before.getValue().last(), map.address()) >= 0) {
                throw new RefusedException(Errno.EEXIST, "the range overlaps a mapped range");
            }
        }
        SharedMapping mapping = null;
        if (map.mapped()) {
            try (Descriptor file = descriptors.take()) {
                mapping = files.acquire(file, map.offset(), map.size(), map.writable());
            } catch (LinuxException e) {
                throw new RefusedException(
                        Errno.EINVAL, "the range cannot be mapped: " + e.getMessage());
            }
        }
        ranges.put(map.address(), new Range(map, mapping));
    }

    /// Removes all ranges inside that of the message, of which there may be none.
    ///
    /// Source: Linux, drivers/vfio/vfio_iommu_type1.c, `vfio_dma_do_unmap`, which QEMU expects its
    /// server to behave as: behind an IOMMU it unmaps memory that was never mapped. The
    /// specification asks for one mapped range instead.
    ///
    /// @throws RefusedException when it cuts a range; then nothing is unmapped
    void unmap(DmaUnmap unmap) throws RefusedException {
        if (unmap.all()) {
            close();
            return;
        }
        long last = unmap.address() + (unmap.size() - 1);
        if (cuts(unmap.address(), last)) {
            throw new RefusedException(Errno.EINVAL, "a mapped range is only partly in this one");
        }
        Map<Long, Range> inside = ranges.subMap(unmap.address(), true, last, true);
        inside.values().forEach(Range::close);
        inside.clear();
    }

    /// Whether a mapped range starts before or ends after the range that it has bytes in.
    private boolean cuts(long first, long last) {
        Map.Entry<Long, Range> before = ranges.lowerEntry(first);
        Map.Entry<Long, Range> end = ranges.floorEntry(last);
        return (before != null && before.getValue().contains(first))
                || (end != null
                        && Long.compareUnsigned(end.getKey(), first) >= 0
                        && Long.compareUnsigned(end.getValue().last(), last) > 0);
    }

    /// Checks that every one of these bytes is in a range that allows the access.
    ///
    /// @throws RefusedException when one is not
    void check(long address, long count, boolean writing) throws RefusedException {
        long done = 0;
        do {
            done += range(address + done, writing).after(address + done);
        } while (done < count);
    }

    /// The range that contains this byte.
    ///
    /// @throws RefusedException when there is no such range, or it does not allow the access
    Range range(long address, boolean writing) throws RefusedException {
        Map.Entry<Long, Range> entry = ranges.floorEntry(address);
        if (entry == null || !entry.getValue().contains(address)) {
            throw new RefusedException(
                    Errno.EFAULT, "no memory range contains 0x%x".formatted(address));
        }
        DmaMap map = entry.getValue().map;
        if (writing ? !map.writable() : !map.readable()) {
            throw new RefusedException(
                    Errno.EFAULT,
                    "memory at 0x%x is not %s"
                            .formatted(address, writing ? "writable" : "readable"));
        }
        return entry.getValue();
    }

    @Override
    public void close() {
        ranges.values().forEach(Range::close);
        ranges.clear();
    }
}
