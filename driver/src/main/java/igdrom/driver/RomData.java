package igdrom.driver;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// The data about one system that the driver reads from its own ROM.
///
/// Spec: docs/driver-data.md, "The data of a ROM".
///
/// @param logsToPort the driver writes its steps to a debug console, where there is one
/// @param logsToVariable the driver writes its steps to the variable `IgdromReport`
/// @param opRegionWins the driver prefers the OpRegion here to the hypervisor's
/// @param treatAs device id whose generation the driver assumes, 0 for the device's own
/// @param stolenBase 0 when unknown
/// @param stolenSize 0 when unknown
/// @param opRegion with what follows its 8 KiB, empty for none
/// @param gopEdit how to undo the changes to the GOP beside the driver, empty for none; the driver
///   ignores it (module `rom` has its format)
public record RomData(
        Lid lid,
        Dock dock,
        boolean logsToPort,
        boolean logsToVariable,
        boolean opRegionWins,
        int treatAs,
        long stolenBase,
        long stolenSize,
        Image opRegion,
        Image gopEdit) {
    /// The largest section that the driver reads.
    public static final int MAX_SIZE = 512 << 10;

    /// The defaults of a driver without data.
    public static final RomData NONE =
            new RomData(
                    Lid.UNSPECIFIED,
                    Dock.UNSPECIFIED,
                    true,
                    true,
                    false,
                    0,
                    0,
                    0,
                    Image.EMPTY,
                    Image.EMPTY);

    private static final Image SIGNATURE = Image.ofAscii("IGDRDATA");
    private static final int VERSION = 1;
    private static final int HEADER_SIZE = 0x40;
    private static final long SIZE_OFFSET = 0x0c;
    private static final long CRC_OFFSET = 0x10;
    private static final long STOLEN_BASE_OFFSET = 0x20;
    private static final int LOG_PORT = 1;
    private static final int LOG_VARIABLE = 2;
    private static final int OPREGION_WINS = 1;
    private static final long MIB = 1L << 20;
    private static final long FOUR_GIB = 1L << 32;

    /// What the driver answers when the GOP asks for the lid.
    public enum Lid {
        UNSPECIFIED(0),
        OPEN(1),
        CLOSED(2);

        private final int code;

        Lid(int code) {
            this.code = code;
        }

        private static Lid read(Cursor in) {
            return switch (choice(in, "Lid")) {
                case 1 -> OPEN;
                case 2 -> CLOSED;
                default -> UNSPECIFIED;
            };
        }
    }

    /// What the driver answers when the GOP asks for a docking station.
    public enum Dock {
        UNSPECIFIED(0),
        UNDOCKED(1),
        DOCKED(2);

        private final int code;

        Dock(int code) {
            this.code = code;
        }

        private static Dock read(Cursor in) {
            return switch (choice(in, "Dock")) {
                case 1 -> UNDOCKED;
                case 2 -> DOCKED;
                default -> UNSPECIFIED;
            };
        }
    }

    public RomData {
        String problem = stolenMemoryProblem(stolenBase, stolenSize);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
        if (treatAs >>> 16 != 0) {
            throw new IllegalArgumentException("a device id has 16 bits: " + treatAs);
        }
        if (opRegion.size() + gopEdit.size() > MAX_SIZE - HEADER_SIZE) {
            throw new IllegalArgumentException("the data has more than 512 KiB");
        }
    }

    /// The same data with this OpRegion, which the driver uses when the hypervisor offers none.
    public RomData withOpRegion(Image region) {
        return new RomData(
                lid,
                dock,
                logsToPort,
                logsToVariable,
                opRegionWins,
                treatAs,
                stolenBase,
                stolenSize,
                region,
                gopEdit);
    }

    /// Why the driver refuses a location for stolen memory; empty when it accepts it.
    public static String stolenMemoryProblem(long base, long size) {
        if (base % MIB != 0 || size % MIB != 0) {
            return String.format(
                    "base 0x%x and size 0x%x of stolen memory are not multiples of 1 MiB",
                    base, size);
        }
        if (base < 0 || size < 0 || size > FOUR_GIB || base > FOUR_GIB - size) {
            return String.format(
                    "stolen memory of 0x%x bytes at 0x%x does not end below 4 GiB", size, base);
        }
        return "";
    }

    /// The first bytes of every section.
    static Image beginning() {
        return new Emitter().image(SIGNATURE).u16(VERSION).u16(HEADER_SIZE).toImage();
    }

    /// Reads a section; bytes after its own size are ignored.
    ///
    /// @throws MalformedImageException when any field is invalid: the driver then ignores all of
    ///   the data
    public static RomData read(Image section, Location location) {
        Cursor in = new Cursor(section, location);
        in.expect("Signature", SIGNATURE);
        in.expectU16("Version", VERSION);
        in.expectU16("HeaderSize", HEADER_SIZE);
        int size = in.size("Size", MAX_SIZE);
        if (size < HEADER_SIZE || size > section.size()) {
            throw malformed(
                    location,
                    SIZE_OFFSET,
                    "Size is 0x%x, the section has 0x%x bytes",
                    size,
                    section.size());
        }
        long crc = in.u32("Crc");
        long computed = crc(section.slice(0, size));
        if (crc != computed) {
            throw malformed(
                    location, CRC_OFFSET, "Crc is 0x%08x, the data has 0x%08x", crc, computed);
        }
        Lid lid = Lid.read(in);
        Dock dock = Dock.read(in);
        int log = in.u8("Log");
        int flags = in.u8("Flags");
        int treatAs = in.u16("TreatAs");
        in.skip("reserved", 6);
        long base = in.u64("StolenBase");
        long stolenSize = in.u64("StolenSize");
        String problem = stolenMemoryProblem(base, stolenSize);
        if (!problem.isEmpty()) {
            throw malformed(location, STOLEN_BASE_OFFSET, "%s", problem);
        }
        long opRegionOffset = in.u32("OpRegionOffset");
        long opRegionSize = in.u32("OpRegionSize");
        Image data = section.slice(0, size);
        Image opRegion = part(in, data, "OpRegion", opRegionOffset, opRegionSize);
        long editOffset = in.u32("GopEditOffset");
        long editSize = in.u32("GopEditSize");
        Image edit = part(in, data, "GopEdit", editOffset, editSize);
        return new RomData(
                lid,
                dock,
                (log & LOG_PORT) != 0,
                (log & LOG_VARIABLE) != 0,
                (flags & OPREGION_WINS) != 0,
                treatAs,
                base,
                stolenSize,
                opRegion,
                edit);
    }

    private static MalformedImageException malformed(
            Location location, long offset, String pattern, Object... values) {
        return new MalformedImageException(location, offset, pattern, values);
    }

    /// A part after the header; empty when its size is 0.
    private static Image part(Cursor in, Image data, String name, long offset, long size) {
        if (size == 0) {
            return Image.EMPTY;
        }
        if (offset < HEADER_SIZE || offset > data.size() || size > data.size() - offset) {
            throw in.malformed(
                    in.position() - 8,
                    String.format(
                            "%sOffset 0x%x and %sSize 0x%x are not inside the 0x%x bytes of data",
                            name, offset, name, size, data.size()));
        }
        return data.slice(offset, size);
    }

    /// The section.
    public Image image() {
        Emitter out = new Emitter();
        out.image(beginning());
        long editOffset = HEADER_SIZE + opRegion.size();
        out.u32(editOffset + gopEdit.size()).u32(0);
        out.u8(lid.code).u8(dock.code);
        out.u8((logsToPort ? LOG_PORT : 0) | (logsToVariable ? LOG_VARIABLE : 0));
        out.u8(opRegionWins ? OPREGION_WINS : 0).u16(treatAs).fill(0, 6);
        out.u64(stolenBase).u64(stolenSize);
        out.u32(opRegion.isEmpty() ? 0 : HEADER_SIZE).u32(opRegion.size());
        out.u32(gopEdit.isEmpty() ? 0 : editOffset).u32(gopEdit.size());
        Image withoutCrc = out.image(opRegion).image(gopEdit).toImage();
        return out.patch(CRC_OFFSET, new Emitter().u32(withoutCrc.crc32()).toImage()).toImage();
    }

    private static int choice(Cursor in, String field) {
        long at = in.position();
        int value = in.u8(field);
        if (value > 2) {
            throw in.malformed(at, String.format("%s is %d, the maximum is 2", field, value));
        }
        return value;
    }

    private static long crc(Image data) {
        return new Emitter().image(data).patch(CRC_OFFSET, Image.of(new byte[4])).toImage().crc32();
    }
}
