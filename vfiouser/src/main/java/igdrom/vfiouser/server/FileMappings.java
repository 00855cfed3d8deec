package igdrom.vfiouser.server;

import igdrom.linux.Descriptor;
import igdrom.linux.LinuxException;
import igdrom.linux.Mapping;
import java.util.HashMap;
import java.util.Map;

/// Mappings of the files that guest memory is in, each of a whole file and shared by all ranges in
/// it: a guest behind an IOMMU can announce its memory page by page, and Linux limits the number of
/// mappings of a process.
///
/// Not thread-safe.
final class FileMappings {
    /// A file as it was when it was mapped.
    ///
    /// @param id equal for descriptors of the same file
    private record MappedFile(Object id, long size, boolean writable) {}

    private final Map<MappedFile, SharedMapping> mappings = new HashMap<>();

    /// A mapping of a whole file, with the number of its users.
    final class SharedMapping {
        private final MappedFile file;
        private final Mapping mapping;
        private int users;

        private SharedMapping(MappedFile file, Mapping mapping) {
            this.file = file;
            this.mapping = mapping;
        }

        Mapping mapping() {
            return mapping;
        }

        /// Unmaps the file when nobody else uses it.
        void release() {
            users--;
            if (users == 0) {
                mappings.remove(file);
                mapping.close();
            }
        }
    }

    /// The mapping that holds a range of a file. The caller releases it.
    ///
    /// @throws LinuxException when the file cannot be mapped, or does not have that range
    SharedMapping acquire(Descriptor descriptor, long offset, long size, boolean writable)
            throws LinuxException {
        long fileSize = descriptor.fileSize();
        descriptor.checkRange(offset, size);
        MappedFile file = new MappedFile(descriptor.fileId(), fileSize, writable);
        SharedMapping shared = mappings.get(file);
        if (shared == null) {
            shared = new SharedMapping(file, Mapping.of(descriptor, 0, fileSize, writable));
            mappings.put(file, shared);
        }
        shared.users++;
        return shared;
    }
}
