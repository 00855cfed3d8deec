package igdrom.linux;

import igdrom.bytes.Image;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A device that the kernel offers to programs, in a group of its own. While it is open, no guest
/// can have it.
///
/// Spec: Linux, include/uapi/linux/vfio.h.
public final class VfioDevice implements AutoCloseable {
    private static final Path CONTAINER = Path.of("/dev/vfio/vfio");
    private static final int O_RDWR_CLOEXEC = 0x80002;
    private static final long SET_IOMMU = 0x3b66;
    private static final long GROUP_SET_CONTAINER = 0x3b68;
    private static final long GROUP_GET_DEVICE_FD = 0x3b6a;
    private static final long DEVICE_GET_INFO = 0x3b6b;
    private static final long DEVICE_GET_REGION_INFO = 0x3b6c;
    private static final long TYPE1V2_IOMMU = 3;

    /// Regions from this one on are described by their capabilities.
    private static final int FIRST_DESCRIBED = 9;

    /// More than any device has.
    private static final int MAX_REGIONS = 64;

    private static final int DEVICE_INFO_SIZE = 24;
    private static final int REGION_INFO_SIZE = 32;
    private static final int MAX_REGION_INFO_SIZE = 4096;
    private static final long REGION_HAS_CAPABILITIES = 8;
    private static final int CAPABILITY_HEADER = 8;
    private static final int CAPABILITY_TYPE = 2;

    private final List<Descriptor> owned = new ArrayList<>();
    private final Descriptor device;

    private VfioDevice(int group, String address) throws LinuxException {
        try {
            Descriptor container = open(CONTAINER);
            Descriptor members = open(Path.of("/dev/vfio/" + group));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment number = arena.allocateFrom(ValueLayout.JAVA_INT, container.number());
                ioctl(members, GROUP_SET_CONTAINER, number, "VFIO_GROUP_SET_CONTAINER");
                ioctl(
                        container,
                        SET_IOMMU,
                        MemorySegment.ofAddress(TYPE1V2_IOMMU),
                        "VFIO_SET_IOMMU");
                device =
                        own(
                                ioctl(
                                        members,
                                        GROUP_GET_DEVICE_FD,
                                        arena.allocateFrom(address),
                                        "VFIO_GROUP_GET_DEVICE_FD"));
            }
        } catch (LinuxException e) {
            close();
            throw e;
        }
    }

    /// Opens a device, as a hypervisor does.
    ///
    /// @param group of its IOMMU
    /// @param address such as `0000:00:02.0`
    /// @throws LinuxException with EBUSY when a guest has it
    public static VfioDevice open(int group, String address) throws LinuxException {
        return new VfioDevice(group, address);
    }

    private Descriptor open(Path path) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            var state = Native.state(arena);
            int number = Native.open(state, arena.allocateFrom(path.toString()), O_RDWR_CLOEXEC);
            if (number < 0) {
                throw new LinuxException("open " + path, Native.errno(state));
            }
            return own(number);
        }
    }

    private Descriptor own(int number) {
        Descriptor descriptor = new Descriptor(number);
        owned.add(descriptor);
        return descriptor;
    }

    private static int ioctl(
            Descriptor descriptor, long request, MemorySegment argument, String name)
            throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            var state = Native.state(arena);
            int result = Native.ioctl(state, descriptor.number(), request, argument);
            if (result < 0) {
                throw new LinuxException(name, Native.errno(state));
            }
            return result;
        }
    }

    /// The contents of a region that has this type; empty when the kernel offers none.
    ///
    /// @throws LinuxException EINVAL when it is larger than `maxSize`
    public Optional<Image> region(long type, long subtype, int maxSize) throws LinuxException {
        for (int index = FIRST_DESCRIBED; index < regions(); index++) {
            Image info = regionInfo(index);
            if (isOfType(info, type, subtype)) {
                long size = info.u64(16);
                if (size <= 0 || size > maxSize) {
                    throw new LinuxException("VFIO_DEVICE_GET_REGION_INFO", Native.EINVAL);
                }
                return Optional.of(read(info.u64(24), (int) size));
            }
        }
        return Optional.empty();
    }

    private int regions() throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(DEVICE_INFO_SIZE, 8);
            info.set(ValueLayout.JAVA_INT, 0, DEVICE_INFO_SIZE);
            ioctl(device, DEVICE_GET_INFO, info, "VFIO_DEVICE_GET_INFO");
            return Math.min(MAX_REGIONS, info.get(ValueLayout.JAVA_INT, 8));
        }
    }

    /// `vfio_region_info`, with the capabilities after it.
    private Image regionInfo(int index) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(MAX_REGION_INFO_SIZE, 8);
            info.set(ValueLayout.JAVA_INT, 0, MAX_REGION_INFO_SIZE);
            info.set(ValueLayout.JAVA_INT, 8, index);
            ioctl(device, DEVICE_GET_REGION_INFO, info, "VFIO_DEVICE_GET_REGION_INFO");
            return Image.of(info.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /// Follows the list of capabilities, each of which must be later than the one before it.
    static boolean isOfType(Image info, long type, long subtype) {
        if ((info.u32(4) & REGION_HAS_CAPABILITIES) == 0) {
            return false;
        }
        long before = REGION_INFO_SIZE - 1;
        for (long at = info.u32(12);
                at > before && at <= info.size() - 2L * CAPABILITY_HEADER;
                at = info.u32(at + 4)) {
            if (info.u16(at) == CAPABILITY_TYPE) {
                return info.u32(at + CAPABILITY_HEADER) == type
                        && info.u32(at + CAPABILITY_HEADER + 4) == subtype;
            }
            before = at;
        }
        return false;
    }

    private Image read(long offset, int size) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            var state = Native.state(arena);
            MemorySegment target = arena.allocate(size);
            for (long done = 0; done < size; ) {
                long count =
                        Native.pread(
                                state,
                                device.number(),
                                target.asSlice(done),
                                size - done,
                                offset + done);
                if (count <= 0) {
                    throw new LinuxException(
                            "pread", count < 0 ? Native.errno(state) : Native.EINVAL);
                }
                done += count;
            }
            return Image.of(target.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /// Gives the device up, before its group and its container.
    @Override
    public void close() {
        owned.reversed().forEach(Descriptor::close);
    }
}
