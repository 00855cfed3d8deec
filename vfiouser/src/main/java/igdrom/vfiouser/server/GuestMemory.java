package igdrom.vfiouser.server;

import igdrom.linux.Descriptor;
import igdrom.linux.Descriptors;
import igdrom.linux.LinuxException;
import igdrom.linux.Mapping;
import igdrom.vfiouser.wire.Capabilities;
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
    private final TreeMap<Long, Range> ranges = new TreeMap<>(Long::compareUnsigned);

    /// One range. Without a mapping it is read and written by messages only.
    record Range(DmaMap map, @Nullable Mapping mapping) {
        /// Whether the range contains all of these bytes, which must not wrap around.
        boolean contains(long address, long count) {
            long offset = address - map.address();
            return Long.compareUnsigned(offset, map.size()) < 0
                    && Long.compareUnsigned(count, map.size() - offset) <= 0;
        }

        void close() {
            if (mapping != null) {
                mapping.close();
            }
        }
    }

    void map(DmaMap map, Descriptors descriptors) throws RefusedException {
        if (ranges.size() >= Capabilities.MAX_DMA_MAPS) {
            throw new RefusedException(Errno.ENOSPC, "too many memory ranges");
        }
        // Mapped ranges never overlap, so only the last one that starts at or below our last
        // address can overlap the new range.
        Map.Entry<Long, Range> before = ranges.floorEntry(map.address() + (map.size() - 1));
        if (before != null) {
            DmaMap other = before.getValue().map;
            long last = other.address() + (other.size() - 1);
            if (Long.compareUnsigned(last, map.address()) >= 0) {
                throw new RefusedException(Errno.EEXIST, "the range overlaps a mapped range");
            }
        }
        Mapping mapping = null;
        if (map.mapped()) {
            try (Descriptor file = descriptors.take()) {
                mapping = Mapping.of(file, map.offset(), map.size(), map.writable());
            } catch (LinuxException e) {
                throw new RefusedException(
                        Errno.EINVAL, "the range cannot be mapped: " + e.getMessage());
            }
        }
        ranges.put(map.address(), new Range(map, mapping));
    }

    void unmap(DmaUnmap unmap) throws RefusedException {
        if (unmap.all()) {
            close();
            return;
        }
        Range range = ranges.get(unmap.address());
        if (range == null || range.map.size() != unmap.size()) {
            throw new RefusedException(Errno.ENOENT, "no mapped range has this address and size");
        }
        range.close();
        ranges.remove(unmap.address());
    }

    /// The range that contains all of these bytes.
    ///
    /// @throws RefusedException when there is no such range, or it does not allow the access
    Range range(long address, long count, boolean writing) throws RefusedException {
        Map.Entry<Long, Range> entry = ranges.floorEntry(address);
        if (entry == null || !entry.getValue().contains(address, count)) {
            throw new RefusedException(
                    Errno.EFAULT,
                    "no memory range contains 0x%x bytes at 0x%x".formatted(count, address));
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
