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

/// The ranges of memory that the client has told us of. They come and go all the time, and not all
/// come with a descriptor.
///
/// Not thread-safe: [Connection] has the lock.
final class GuestMemory implements AutoCloseable {
    private final TreeMap<Long, Range> ranges = new TreeMap<>(Long::compareUnsigned);

    /// One range; without a mapping it is reached by messages only.
    record Range(DmaMap map, @Nullable Mapping mapping) {
        /// @param address and count, which do not wrap around
        boolean holds(long address, long count) {
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
            throw new RefusedException(Errno.ENOSPC, "too many ranges of memory");
        }
        // Behind the last address of the new range nothing may begin that is not behind its end.
        Map.Entry<Long, Range> before = ranges.floorEntry(map.address() + (map.size() - 1));
        if (before != null) {
            DmaMap other = before.getValue().map;
            long last = other.address() + (other.size() - 1);
            if (Long.compareUnsigned(last, map.address()) >= 0) {
                throw new RefusedException(Errno.EEXIST, "the memory is mapped already");
            }
        }
        Mapping mapping = null;
        if (map.mapped()) {
            try (Descriptor file = descriptors.take()) {
                mapping = Mapping.of(file, map.offset(), map.size(), map.writeable());
            } catch (LinuxException e) {
                throw new RefusedException(Errno.EINVAL, "cannot be mapped: " + e.getMessage());
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
            throw new RefusedException(Errno.ENOENT, "there is no such range of memory");
        }
        range.close();
        ranges.remove(unmap.address());
    }

    /// The range that holds all of it.
    ///
    /// @throws RefusedException when there is none
    Range range(long address, long count, boolean writing) throws RefusedException {
        Map.Entry<Long, Range> entry = ranges.floorEntry(address);
        if (entry == null || !entry.getValue().holds(address, count)) {
            throw new RefusedException(
                    Errno.EFAULT, "0x%x bytes at 0x%x are no memory".formatted(count, address));
        }
        DmaMap map = entry.getValue().map;
        if (writing ? !map.writeable() : !map.readable()) {
            throw new RefusedException(
                    Errno.EFAULT, "memory at 0x%x is not to be had".formatted(address));
        }
        return entry.getValue();
    }

    @Override
    public void close() {
        ranges.values().forEach(Range::close);
        ranges.clear();
    }
}
