package igdrom.rom;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.plan.Part;
import igdrom.plan.Plan;
import igdrom.plan.PlannedGop;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the driver in a ROM is told about one system.
///
/// Spec: docs/driver-data.md, "The data of a ROM".
///
/// @param logsToPort steps are told to a debug console, where there is one
/// @param logsToVariable steps are left in the variable `IgdromReport`
/// @param opRegionWins the OpRegion here is taken even where the hypervisor offers one
/// @param treatAs device id whose generation to take, 0 for the device's own
/// @param stolenBase 0 when not known
/// @param stolenSize 0 when not known
/// @param opRegion with what is behind its 8 KiB, empty for none
/// @param gopEdit what was changed in the GOP beside the driver; the driver does not look at it
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
        Optional<GopEdit> gopEdit) {
    /// The largest section that the driver reads.
    public static final int MAX_SIZE = 512 << 10;

    /// What a driver without data goes by.
    public static final RomData NONE =
            new RomData(
                    Lid.NOT_SAID,
                    Dock.NOT_SAID,
                    true,
                    true,
                    false,
                    0,
                    0,
                    0,
                    Image.EMPTY,
                    Optional.empty());

    private static final Image SIGNATURE = Image.ofAscii("IGDRDATA");
    private static final int VERSION = 1;
    private static final int HEADER_SIZE = 0x40;
    private static final long CRC_OFFSET = 0x10;
    private static final int LOG_PORT = 1;
    private static final int LOG_VARIABLE = 2;
    private static final int OPREGION_WINS = 1;
    private static final long MIB = 1L << 20;
    private static final long GIB4 = 1L << 32;

    /// What the GOP is told about the lid.
    public enum Lid {
        NOT_SAID(0),
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
                default -> NOT_SAID;
            };
        }
    }

    /// What the GOP is told about a docking station.
    public enum Dock {
        NOT_SAID(0),
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
                default -> NOT_SAID;
            };
        }
    }

    public RomData {
        String problem = problemOf(stolenBase, stolenSize);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
        if (treatAs >>> 16 != 0 || opRegion.size() > MAX_SIZE - HEADER_SIZE) {
            throw new IllegalArgumentException(
                    "an id of 16 bits, an OpRegion of less than 512 KiB");
        }
    }

    /// What the driver is told of a plan.
    public static RomData of(Plan plan) {
        Boolean lidOpen = plan.request().lidOpen();
        Boolean docked = plan.request().docked();
        Part<Image> opRegion = plan.opRegion();
        return new RomData(
                lidOpen == null ? Lid.NOT_SAID : lidOpen ? Lid.OPEN : Lid.CLOSED,
                docked == null ? Dock.NOT_SAID : docked ? Dock.DOCKED : Dock.UNDOCKED,
                true,
                true,
                plan.request().embeddedWins(),
                plan.treatAs(),
                plan.stolen().base(),
                plan.stolen().size(),
                opRegion == null ? Image.EMPTY : opRegion.value(),
                gopEdit(plan.gop()));
    }

    private static Optional<GopEdit> gopEdit(@Nullable PlannedGop gop) {
        return gop == null || gop.edit() == null
                ? Optional.empty()
                : Optional.of(new GopEdit(gop.owners().sha256(), gop.edit()));
    }

    /// What is wrong with a place for stolen memory, or nothing.
    public static String problemOf(long base, long size) {
        if (base % MIB != 0 || size % MIB != 0) {
            return String.format(
                    "base 0x%x and size 0x%x of stolen memory are not multiples of 1 MiB",
                    base, size);
        }
        if (base < 0 || size < 0 || size > GIB4 || base > GIB4 - size) {
            return String.format(
                    "stolen memory of 0x%x bytes at 0x%x does not end below 4 GiB", size, base);
        }
        return "";
    }

    /// The first bytes of every section.
    static Image beginning() {
        return new Emitter().image(SIGNATURE).u16(VERSION).u16(HEADER_SIZE).toImage();
    }

    /// Reads a section; bytes behind what it says is its size do not matter.
    ///
    /// @throws MalformedImageException when anything is not as documented: the driver then uses
    ///   none of it
    public static RomData read(Image section, Location location) {
        Cursor in = new Cursor(section, location);
        in.expect("Signature", SIGNATURE);
        in.expectU16("Version", VERSION);
        in.expectU16("HeaderSize", HEADER_SIZE);
        int size = in.size("Size", MAX_SIZE);
        if (size < HEADER_SIZE || size > section.size()) {
            throw in.malformed(
                    0x0c,
                    String.format("Size is 0x%x, there are 0x%x bytes", size, section.size()));
        }
        long crc = in.u32("Crc");
        long computed = crc(section.slice(0, size));
        if (crc != computed) {
            throw in.malformed(
                    CRC_OFFSET,
                    String.format("Crc is 0x%08x, that of the data is 0x%08x", crc, computed));
        }
        Lid lid = Lid.read(in);
        Dock dock = Dock.read(in);
        int log = in.u8("Log");
        int flags = in.u8("Flags");
        int treatAs = in.u16("TreatAs");
        in.skip("reserved", 6);
        long base = in.u64("StolenBase");
        long stolenSize = in.u64("StolenSize");
        String problem = problemOf(base, stolenSize);
        if (!problem.isEmpty()) {
            throw in.malformed(0x20, problem);
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
                edit.isEmpty()
                        ? Optional.empty()
                        : Optional.of(GopEdit.read(edit, location.in("GopEdit", editOffset))));
    }

    /// A part behind the header; empty when its size is 0.
    private static Image part(Cursor in, Image data, String name, long offset, long size) {
        if (size == 0) {
            return Image.EMPTY;
        }
        if (offset < HEADER_SIZE || offset > data.size() || size > data.size() - offset) {
            throw in.malformed(
                    in.position() - 8,
                    String.format(
                            "%sOffset 0x%x and %sSize 0x%x are not inside the data of 0x%x",
                            name, offset, name, size, data.size()));
        }
        return data.slice(offset, size);
    }

    /// The section.
    public Image image() {
        Emitter out = new Emitter();
        out.image(beginning());
        Image edit = gopEdit.map(GopEdit::image).orElse(Image.EMPTY);
        long editOffset = HEADER_SIZE + opRegion.size();
        out.u32(editOffset + edit.size()).u32(0);
        out.u8(lid.code).u8(dock.code);
        out.u8((logsToPort ? LOG_PORT : 0) | (logsToVariable ? LOG_VARIABLE : 0));
        out.u8(opRegionWins ? OPREGION_WINS : 0).u16(treatAs).fill(0, 6);
        out.u64(stolenBase).u64(stolenSize);
        out.u32(opRegion.isEmpty() ? 0 : HEADER_SIZE).u32(opRegion.size());
        out.u32(edit.isEmpty() ? 0 : editOffset).u32(edit.size());
        Image unsummed = out.image(opRegion).image(edit).toImage();
        return out.patch(CRC_OFFSET, new Emitter().u32(unsummed.crc32()).toImage()).toImage();
    }

    private static int choice(Cursor in, String field) {
        long at = in.position();
        int value = in.u8(field);
        if (value > 2) {
            throw in.malformed(at, String.format("%s is %d, the most is 2", field, value));
        }
        return value;
    }

    private static long crc(Image data) {
        return new Emitter().image(data).patch(CRC_OFFSET, Image.of(new byte[4])).toImage().crc32();
    }
}
