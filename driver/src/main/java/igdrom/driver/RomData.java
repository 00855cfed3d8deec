package igdrom.driver;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The data about one system that the driver reads from its own ROM.
///
/// Spec: docs/driver-data.md, "The data of a ROM".
///
/// @param opRegionWins the driver prefers the OpRegion here to the hypervisor's
/// @param aslsAlways the driver writes ASLS even where the hypervisor does not emulate the
///   registers
/// @param clearsDisplayState the driver clears what the host's firmware left in the display
/// @param treatAs device id whose generation the driver assumes, 0 for the device's own
/// @param builtFor what the ROM was built for; the driver ignores it
/// @param opRegion with what follows its 8 KiB, empty for none
/// @param originalVbt the VBT before its outputs were edited, empty when it was not edited; the
///   driver ignores it
/// @param gopEdit how to undo the changes to the GOP beside the driver, empty for none; the driver
///   ignores it (module `rom` has its format)
public record RomData(
        Log log,
        Policy policy,
        boolean opRegionWins,
        boolean aslsAlways,
        boolean clearsDisplayState,
        int treatAs,
        StolenMemory stolen,
        BuiltFor builtFor,
        Image opRegion,
        Image originalVbt,
        Image gopEdit) {
    /// The largest section that the driver reads.
    public static final int MAX_SIZE = 512 << 10;

    /// The defaults of a driver without data.
    public static final RomData NONE =
            new RomData(
                    new Log(/* port= */ true, /* variable= */ true),
                    new Policy(Lid.UNSPECIFIED, Dock.UNSPECIFIED, Image.EMPTY),
                    false,
                    false,
                    false,
                    0,
                    new StolenMemory(0, 0),
                    BuiltFor.UNRECORDED,
                    Image.EMPTY,
                    Image.EMPTY,
                    Image.EMPTY);

    private static final Image SIGNATURE = Image.ofAscii("IGDRDATA");
    private static final int VERSION = 2;
    private static final int HEADER_SIZE = 0x60;
    private static final long VERSION_OFFSET = 0x08;
    private static final long SIZE_OFFSET = 0x0c;
    private static final long CRC_OFFSET = 0x10;
    private static final long STOLEN_BASE_OFFSET = 0x20;
    private static final int LOG_PORT = 1;
    private static final int LOG_VARIABLE = 2;
    private static final int OPREGION_WINS = 1;
    private static final int ASLS_ALWAYS = 2;
    private static final int CLEAR_DISPLAY_STATE = 4;
    private static final long MIB = 1L << 20;
    private static final long FOUR_GIB = 1L << 32;

    /// Where the driver writes its steps.
    ///
    /// @param port to a debug console, where there is one
    /// @param variable to the variable `IgdromReport`
    public record Log(boolean port, boolean variable) {}

    /// What the driver answers when the GOP asks about the platform.
    ///
    /// @param vbt instead of the VBT in the OpRegion, empty for that one
    public record Policy(Lid lid, Dock dock, Image vbt) {}

    /// Where the driver sets up stolen memory.
    ///
    /// @param base 0 when unknown
    /// @param size at least; 0 when unknown
    public record StolenMemory(long base, long size) {
        public StolenMemory {
            String problem = stolenMemoryProblem(base, size);
            if (!problem.isEmpty()) {
                throw new IllegalArgumentException(problem);
            }
        }
    }

    /// What the driver answers when the GOP asks for the lid.
    public enum Lid {
        UNSPECIFIED,
        OPEN,
        CLOSED
    }

    /// What the driver answers when the GOP asks for a docking station.
    public enum Dock {
        UNSPECIFIED,
        UNDOCKED,
        DOCKED
    }

    /// A machine that a ROM can be built for.
    public enum Target {
        Q35,
        PC,
        BHYVE
    }

    /// Where the OpRegion that a ROM was built with comes from.
    public enum OpRegionOrigin {
        /// The ROM has none.
        NONE,
        /// The host that the ROM was built for.
        HOST,
        OPREGION_FILE,
        VBT_FILE,
        /// A firmware image.
        FIRMWARE
    }

    /// What a ROM was built for.
    ///
    /// @param targets the machines
    /// @param deviceId of the IGD; 0 when nothing of this was recorded
    /// @param lpcId of the LPC bridge that the GOP was edited to see or that it expects; 0 for the
    ///   guest's own
    /// @param origin where the OpRegion comes from
    public record BuiltFor(Set<Target> targets, int deviceId, int lpcId, OpRegionOrigin origin) {
        /// Nothing was recorded.
        public static final BuiltFor UNRECORDED = new BuiltFor(Set.of(), 0, 0, OpRegionOrigin.NONE);

        public BuiltFor {
            // In their own order, so that equal values print the same text.
            targets =
                    targets.isEmpty()
                            ? Set.of()
                            : Collections.unmodifiableSet(EnumSet.copyOf(targets));
            if ((deviceId | lpcId) >>> 16 != 0) {
                throw new IllegalArgumentException(
                        String.format("ids have 16 bits: 0x%x, 0x%x", deviceId, lpcId));
            }
        }

        /// Whether the ROM says what it was built for.
        public boolean isRecorded() {
            return deviceId != 0;
        }

        private int targetBits() {
            int bits = 0;
            for (Target target : targets) {
                bits |= 1 << code(target);
            }
            return bits;
        }

        private static Set<Target> targetsOf(int bits) {
            Set<Target> targets = EnumSet.noneOf(Target.class);
            for (Target target : Target.values()) {
                if ((bits >> code(target) & 1) != 0) {
                    targets.add(target);
                }
            }
            return targets;
        }
    }

    public RomData {
        if (treatAs >>> 16 != 0) {
            throw new IllegalArgumentException("a device id has 16 bits: " + treatAs);
        }
        long parts = opRegion.size() + policy.vbt().size() + originalVbt.size() + gopEdit.size();
        if (parts > MAX_SIZE - HEADER_SIZE) {
            throw new IllegalArgumentException("the data has more than 512 KiB");
        }
    }

    /// The same data with another destination for the steps.
    public RomData withLog(Log steps) {
        return changed(copy -> copy.log = steps);
    }

    /// The same data with this answer about the lid.
    public RomData withLid(Lid lid) {
        return changed(copy -> copy.policy = new Policy(lid, policy.dock(), policy.vbt()));
    }

    /// The same data with this answer about the docking station.
    public RomData withDock(Dock dock) {
        return changed(copy -> copy.policy = new Policy(policy.lid(), dock, policy.vbt()));
    }

    /// The same data with a VBT of its own for the GOP; empty for the one in the OpRegion.
    public RomData withPolicyVbt(Image vbt) {
        return changed(copy -> copy.policy = new Policy(policy.lid(), policy.dock(), vbt));
    }

    /// The same data, in which the OpRegion here is preferred to the hypervisor's or is not.
    public RomData withOpRegionWins(boolean wins) {
        return changed(copy -> copy.opRegionWins = wins);
    }

    /// The same data with this rule for a device whose registers are not emulated.
    public RomData withAslsAlways(boolean always) {
        return changed(copy -> copy.aslsAlways = always);
    }

    /// The same data with this rule for what the host's firmware left in the display.
    public RomData withClearsDisplayState(boolean clears) {
        return changed(copy -> copy.clearsDisplayState = clears);
    }

    /// The same data for a driver that assumes the generation of this device id; 0 for the device's
    /// own.
    public RomData withTreatAs(int deviceId) {
        return changed(copy -> copy.treatAs = deviceId);
    }

    /// The same data with this location of stolen memory.
    public RomData withStolen(long base, long size) {
        return changed(copy -> copy.stolen = new StolenMemory(base, size));
    }

    /// Returns a copy with another record of the build target.
    public RomData withBuiltFor(BuiltFor machine) {
        return changed(copy -> copy.builtFor = machine);
    }

    /// The same data with this OpRegion, which the driver uses when the hypervisor offers none.
    public RomData withOpRegion(Image region) {
        return changed(copy -> copy.opRegion = region);
    }

    /// The same data with the VBT as it was before its outputs were edited.
    public RomData withOriginalVbt(Image vbt) {
        return changed(copy -> copy.originalVbt = vbt);
    }

    /// The same data with this record of changes to the GOP.
    public RomData withGopEdit(Image edit) {
        return changed(copy -> copy.gopEdit = edit);
    }

    /// The components, to be changed one by one.
    private static final class Copy {
        private Log log;
        private Policy policy;
        private boolean opRegionWins;
        private boolean aslsAlways;
        private boolean clearsDisplayState;
        private int treatAs;
        private StolenMemory stolen;
        private BuiltFor builtFor;
        private Image opRegion;
        private Image originalVbt;
        private Image gopEdit;

        private Copy(RomData original) {
            log = original.log;
            policy = original.policy;
            opRegionWins = original.opRegionWins;
            aslsAlways = original.aslsAlways;
            clearsDisplayState = original.clearsDisplayState;
            treatAs = original.treatAs;
            stolen = original.stolen;
            builtFor = original.builtFor;
            opRegion = original.opRegion;
            originalVbt = original.originalVbt;
            gopEdit = original.gopEdit;
        }

        private RomData toRecord() {
            return new RomData(
                    log,
                    policy,
                    opRegionWins,
                    aslsAlways,
                    clearsDisplayState,
                    treatAs,
                    stolen,
                    builtFor,
                    opRegion,
                    originalVbt,
                    gopEdit);
        }
    }

    private RomData changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.toRecord();
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
        int version = in.u16("Version");
        if (version != VERSION) {
            throw malformed(
                    location,
                    VERSION_OFFSET,
                    "Version is %d, expected %d: the ROM was made by another version of igdrom,"
                            + " build it again",
                    version,
                    VERSION);
        }
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
        Image data = section.slice(0, size);
        long computed = crc(data);
        if (crc != computed) {
            throw malformed(
                    location, CRC_OFFSET, "Crc is 0x%08x, the data has 0x%08x", crc, computed);
        }
        Lid lid = choice(in, "Lid", Lid.values());
        Dock dock = choice(in, "Dock", Dock.values());
        int log = in.u8("Log");
        int flags = in.u8("Flags");
        int treatAs = in.u16("TreatAs");
        int targets = in.u8("Targets");
        OpRegionOrigin origin = choice(in, "OpRegionOrigin", OpRegionOrigin.values());
        int deviceId = in.u16("DeviceId");
        int lpcId = in.u16("LpcId");
        long base = in.u64("StolenBase");
        long stolenSize = in.u64("StolenSize");
        String problem = stolenMemoryProblem(base, stolenSize);
        if (!problem.isEmpty()) {
            throw malformed(location, STOLEN_BASE_OFFSET, "%s", problem);
        }
        Image opRegion = part(in, data, "OpRegion");
        Image gopEdit = part(in, data, "GopEdit");
        Image policyVbt = part(in, data, "PolicyVbt");
        Image originalVbt = part(in, data, "OriginalVbt");
        return new RomData(
                new Log((log & LOG_PORT) != 0, (log & LOG_VARIABLE) != 0),
                new Policy(lid, dock, policyVbt),
                (flags & OPREGION_WINS) != 0,
                (flags & ASLS_ALWAYS) != 0,
                (flags & CLEAR_DISPLAY_STATE) != 0,
                treatAs,
                new StolenMemory(base, stolenSize),
                new BuiltFor(BuiltFor.targetsOf(targets), deviceId, lpcId, origin),
                opRegion,
                originalVbt,
                gopEdit);
    }

    /// The number of a choice in the data: the constants are declared in the order of the numbers.
    @SuppressWarnings("EnumOrdinal")
    private static int code(Enum<?> choice) {
        return choice.ordinal();
    }

    private static MalformedImageException malformed(
            Location location, long offset, String pattern, Object... values) {
        return new MalformedImageException(location, offset, pattern, values);
    }

    /// A part after the header; empty when its size is 0.
    private static Image part(Cursor in, Image data, String name) {
        long at = in.position();
        long offset = in.u32(name + "Offset");
        long size = in.u32(name + "Size");
        if (size == 0) {
            return Image.EMPTY;
        }
        if (offset < HEADER_SIZE || offset > data.size() || size > data.size() - offset) {
            throw in.malformed(
                    at,
                    String.format(
                            "%sOffset 0x%x and %sSize 0x%x are not inside the 0x%x bytes of data",
                            name, offset, name, size, data.size()));
        }
        return data.slice(offset, size);
    }

    /// The section.
    public Image image() {
        List<Image> parts = List.of(opRegion, gopEdit, policy.vbt(), originalVbt);
        long size = HEADER_SIZE;
        for (Image part : parts) {
            size += part.size();
        }
        Emitter out = new Emitter();
        out.image(beginning()).u32(size).u32(0);
        out.u8(code(policy.lid())).u8(code(policy.dock()));
        out.u8((log.port() ? LOG_PORT : 0) | (log.variable() ? LOG_VARIABLE : 0));
        out.u8(flags()).u16(treatAs);
        out.u8(builtFor.targetBits()).u8(code(builtFor.origin()));
        out.u16(builtFor.deviceId()).u16(builtFor.lpcId());
        out.u64(stolen.base()).u64(stolen.size());
        long offset = HEADER_SIZE;
        for (Image part : parts) {
            out.u32(part.isEmpty() ? 0 : offset).u32(part.size());
            offset += part.size();
        }
        out.fillTo(HEADER_SIZE, 0);
        for (Image part : parts) {
            out.image(part);
        }
        long crc = out.toImage().crc32();
        return out.patch(CRC_OFFSET, new Emitter().u32(crc).toImage()).toImage();
    }

    private int flags() {
        return (opRegionWins ? OPREGION_WINS : 0)
                | (aslsAlways ? ASLS_ALWAYS : 0)
                | (clearsDisplayState ? CLEAR_DISPLAY_STATE : 0);
    }

    /// A value of an enum, by its number.
    private static <T> T choice(Cursor in, String field, T[] values) {
        long at = in.position();
        int value = in.u8(field);
        if (value >= values.length) {
            throw in.malformed(
                    at,
                    String.format("%s is %d, the maximum is %d", field, value, values.length - 1));
        }
        return values[value];
    }

    private static long crc(Image data) {
        return new Emitter().image(data).patch(CRC_OFFSET, Image.of(new byte[4])).toImage().crc32();
    }
}
