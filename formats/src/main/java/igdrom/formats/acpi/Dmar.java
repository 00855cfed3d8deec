package igdrom.formats.acpi;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// The DMA Remapping Reporting table: which IOMMUs a machine has, and which memory its devices use
/// before an operating system runs.
///
/// Spec: Intel VT-d 4.1, 8.
///
/// @param addressWidth of DMA addresses that the machine supports, in bits
/// @param units DMA remapping hardware units (DRHD)
/// @param reserved memory that devices use (RMRR)
/// @param types of all structures, in their order; of units and reserved memory too
public record Dmar(
        int addressWidth, List<Unit> units, List<ReservedMemory> reserved, List<Integer> types) {
    private static final Image SIGNATURE = Image.ofAscii("DMAR");
    private static final int HEADER_SIZE = 48;
    private static final int SCOPE_SIZE = 6;
    private static final int PCI_ENDPOINT = 1;
    private static final int DRHD = 0;
    private static final int RMRR = 1;

    /// A remapping unit.
    ///
    /// @param base address of its registers
    /// @param allDevices whether it has all devices that no other unit has
    /// @param devices addresses such as `0000:00:02.0` of PCI functions on the unit's first bus
    public record Unit(long base, boolean allDevices, List<String> devices) {
        public Unit {
            devices = List.copyOf(devices);
        }
    }

    /// Memory that devices use without the operating system's knowledge.
    ///
    /// @param last its last address
    public record ReservedMemory(long base, long last, List<String> devices) {
        public ReservedMemory {
            devices = List.copyOf(devices);
        }
    }

    public Dmar {
        units = List.copyOf(units);
        reserved = List.copyOf(reserved);
        types = List.copyOf(types);
    }

    /// Reads a table. Structures of unknown types are skipped.
    ///
    /// @throws MalformedImageException when it is another table, or a length does not fit
    public static Dmar read(Image image, Location location) {
        Cursor header = new Cursor(image, location);
        header.expect("Signature", SIGNATURE);
        long length = header.u32("Length");
        if (length < HEADER_SIZE || length > image.size()) {
            throw header.malformed(
                    4, "Length, 0x%x, is not from 0x%x to 0x%x", length, HEADER_SIZE, image.size());
        }
        header.seek("Host Address Width", 36);
        int addressWidth = header.u8("Host Address Width") + 1;
        Cursor in = new Cursor(image.slice(0, length), location).seek("structures", HEADER_SIZE);
        List<Unit> units = new ArrayList<>();
        List<ReservedMemory> reserved = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        while (in.remaining() > 0) {
            long start = in.position();
            int type = in.u16("Type");
            int size = in.u16("Length");
            if (size < 4 || size - 4 > in.remaining()) {
                throw in.malformed(
                        start, "Length of a structure, 0x%x, is less than 4 or too large", size);
            }
            Cursor body =
                    new Cursor(in.image("structure", size - 4), location.in("structure", start));
            types.add(type);
            switch (type) {
                case DRHD -> units.add(unit(body));
                case RMRR -> reserved.add(reservedMemory(body));
                default -> {}
            }
        }
        return new Dmar(addressWidth, units, reserved, types);
    }

    private static Unit unit(Cursor in) {
        boolean allDevices = (in.u8("Flags") & 1) != 0;
        in.skip("Size", 1);
        int segment = in.u16("Segment Number");
        long base = in.u64("Register Base Address");
        return new Unit(base, allDevices, devices(in, segment));
    }

    private static ReservedMemory reservedMemory(Cursor in) {
        in.skip("Reserved", 2);
        int segment = in.u16("Segment Number");
        long base = in.u64("Reserved Memory Region Base Address");
        long last = in.u64("Reserved Memory Region Limit Address");
        return new ReservedMemory(base, last, devices(in, segment));
    }

    /// The PCI endpoints of a device scope whose path has one step.
    private static List<String> devices(Cursor in, int segment) {
        List<String> devices = new ArrayList<>();
        while (in.remaining() > 0) {
            long start = in.position();
            int type = in.u8("Type");
            int size = in.u8("Length");
            if (size < SCOPE_SIZE || size - 2 > in.remaining()) {
                throw in.malformed(start, "Length of a device scope, %d, does not fit", size);
            }
            Cursor scope = new Cursor(in.image("device scope", size - 2), in.location());
            scope.skip("Flags", 3);
            int bus = scope.u8("Start Bus Number");
            if (type == PCI_ENDPOINT && scope.remaining() == 2) {
                int device = scope.u8("Device");
                int function = scope.u8("Function");
                devices.add("%04x:%02x:%02x.%x".formatted(segment, bus, device, function));
            }
        }
        return devices;
    }
}
