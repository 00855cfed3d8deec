package igdrom.bench.witness;

import igdrom.bytes.Cursor;
import java.util.ArrayList;
import java.util.List;

/// The UEFI memory map, in the order of the addresses.
///
/// Spec: UEFI 2.11, "EFI_BOOT_SERVICES.GetMemoryMap()".
public record MemoryMap(List<Range> ranges) {
    public static final int RESERVED = 0;
    public static final int CONVENTIONAL = 7;
    public static final int ACPI_NVS = 10;

    /// The types of memory that nobody else can get: allocated by drivers or by the firmware.
    private static final int[] USED = {0, 1, 2, 3, 4, 5, 6, 9, 10};

    /// What the operating system gets: loader, boot services, conventional and persistent memory.
    private static final int[] FREED = {1, 2, 3, 4, CONVENTIONAL, 14};

    /// Spec: UEFI 2.11, "EFI_BOOT_SERVICES.GetMemoryMap()", EFI_MEMORY_WB.
    private static final long CACHEABLE = 8;

    private static final int IO = 11;
    private static final int IO_PORTS = 12;

    private static final long PAGE = 4096;
    private static final int MAX_RANGES = 4096;
    private static final long MAX_PAGES = 1L << 40;

    private static final List<String> NAMES =
            List.of(
                    "reserved",
                    "loader code",
                    "loader data",
                    "boot services code",
                    "boot services data",
                    "runtime services code",
                    "runtime services data",
                    "conventional",
                    "unusable",
                    "ACPI reclaim",
                    "ACPI NVS",
                    "memory-mapped I/O",
                    "memory-mapped I/O ports",
                    "PAL code",
                    "persistent",
                    "unaccepted");

    /// One entry.
    ///
    /// @param type `EFI_MEMORY_TYPE`; firmware and operating systems define more
    public record Range(long type, long start, long pages, long attributes) {
        /// The address after its last byte.
        public long end() {
            return start + pages * PAGE;
        }
    }

    public MemoryMap {
        ranges = List.copyOf(ranges);
    }

    static MemoryMap read(Cursor in) {
        List<Range> ranges = new ArrayList<>();
        while (in.remaining() > 0) {
            long at = in.position();
            long type = in.u32("Type");
            long start = in.u64("PhysicalStart");
            long pages = in.u64("NumberOfPages");
            long attributes = in.u64("Attribute");
            if (pages < 0 || pages > MAX_PAGES || start < 0 || start > Long.MAX_VALUE >> 1) {
                throw in.malformed(
                        at,
                        String.format(
                                "NumberOfPages is 0x%x at 0x%x, beyond the address space",
                                pages, start));
            }
            if (ranges.size() == MAX_RANGES) {
                throw in.malformed(at, String.format("more than %d ranges", MAX_RANGES));
            }
            ranges.add(new Range(type, start, pages, attributes));
        }
        ranges.sort((a, b) -> Long.compare(a.start, b.start));
        return new MemoryMap(ranges);
    }

    /// Whether all of [start, start + size) is of one of these types.
    public boolean covers(long start, long size, int... types) {
        if (start < 0 || size <= 0 || start > Long.MAX_VALUE - size) {
            return false;
        }
        long reached = start;
        for (Range range : ranges) {
            if (range.start <= reached && range.end() > reached && isOneOf(range.type, types)) {
                reached = range.end();
            }
        }
        return reached >= start + size;
    }

    /// Whether all of [start, start + size) belongs to a driver or to the firmware.
    public boolean isUsed(long start, long size) {
        return covers(start, size, USED);
    }

    private static boolean isOneOf(long type, int... types) {
        for (int other : types) {
            if (other == type) {
                return true;
            }
        }
        return false;
    }

    /// How much memory is kept from the operating system: all but free memory, memory that boot
    /// services and loaders used, and memory-mapped I/O.
    public long keptBytes() {
        long bytes = 0;
        for (Range range : ranges) {
            boolean io = range.type >= IO && range.type <= IO_PORTS;
            // Reserved addresses of devices have no attributes of memory that can be cached.
            boolean memory = (range.attributes & CACHEABLE) != 0;
            if (!io && memory && !isOneOf(range.type, FREED)) {
                bytes += range.end() - range.start;
            }
        }
        return bytes;
    }

    /// Whether the map lists an address as memory of any type except memory-mapped I/O.
    public boolean contains(long address) {
        for (Range range : ranges) {
            if (range.start <= address && range.end() > address) {
                return range.type < IO || range.type > IO_PORTS;
            }
        }
        // The first page, which firmware may leave out.
        return address == 0;
    }

    /// The types in [start, start + size), for messages.
    public String describe(long start, long size) {
        List<String> names = new ArrayList<>();
        for (Range range : ranges) {
            if (range.start < start + size && range.end() > start) {
                String name = name(range.type);
                if (!names.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names.isEmpty() ? "not in the memory map" : String.join(", ", names);
    }

    public static String name(long type) {
        return type >= 0 && type < NAMES.size()
                ? NAMES.get((int) type)
                : "type 0x" + Long.toHexString(type);
    }
}
