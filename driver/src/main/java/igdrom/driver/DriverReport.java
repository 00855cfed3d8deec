package igdrom.driver;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the driver did, as it leaves it in the guest's variable `IgdromReport`.
///
/// Spec: docs/driver-data.md, "The report".
///
/// @param lost how many entries found no room
public record DriverReport(List<Entry> entries, int lost) {
    /// The variable never has more.
    public static final int MAX_SIZE = 3872;

    private static final Image SIGNATURE = Image.ofAscii("IGDRPORT");
    private static final int VERSION = 1;
    private static final int HEADER_SIZE = 0x20;
    private static final int ENTRY_SIZE = 24;

    /// Spec: Linux, Documentation/filesystems/efivarfs.rst: the variable's attributes stand before
    /// its data.
    private static final int ATTRIBUTES_SIZE = 4;

    /// One step. Its numbers mean what `driver/src/main/c/report.h` says; those that are not known
    /// here are kept.
    ///
    /// @param status the low 31 bits of an EFI status, bit 31 for errors; 0 for success
    public record Entry(int stepNumber, int outcomeNumber, long status, long value, long detail) {
        /// Null for one that a later driver may have.
        public @Nullable Step step() {
            for (Step step : Step.values()) {
                if (step.number == stepNumber) {
                    return step;
                }
            }
            return null;
        }

        /// Null for one that a later driver may have.
        public @Nullable Outcome outcome() {
            for (Outcome outcome : Outcome.values()) {
                if (outcome.number == outcomeNumber) {
                    return outcome;
                }
            }
            return null;
        }

        public boolean isError() {
            return status >>> 31 != 0;
        }

        /// The id in the entry of a device.
        public PciId deviceId() {
            return new PciId((int) value & 0xffff, (int) (value >>> 16) & 0xffff);
        }

        static Entry read(Cursor in) {
            return new Entry(
                    in.u16("Step"),
                    in.u16("Outcome"),
                    in.u32("Status"),
                    in.u64("Value"),
                    in.u64("Detail"));
        }

        void write(Emitter out) {
            out.u16(stepNumber).u16(outcomeNumber).u32(status).u64(value).u64(detail);
        }
    }

    /// What an entry is about.
    public enum Step {
        DRIVER(1, "driver"),
        DEVICE(2, "device"),
        GENERATION(3, "generation"),
        ROM_DATA(4, "rom data"),
        FW_CFG(5, "fw_cfg"),
        OPREGION(6, "opregion"),
        VBT(7, "vbt"),
        STOLEN_SIZE(8, "stolen size"),
        STOLEN(9, "stolen"),
        STOLEN_MIRROR(10, "stolen mirror"),
        GOP_POLICY(11, "gop policy"),
        UNDO(12, "undo"),
        POLICY_ASKED(13, "policy asked");

        private final int number;
        private final String words;

        Step(int number, String words) {
            this.number = number;
            this.words = words;
        }

        public int number() {
            return number;
        }

        /// As the driver writes it to the debug port.
        public String words() {
            return words;
        }
    }

    /// What a GOP can ask for: the members of PlatformGopPolicy.
    public enum PolicyMember {
        LID(1, "lid"),
        VBT(2, "VBT"),
        DOCK(3, "dock");

        private final int number;
        private final String words;

        PolicyMember(int number, String words) {
            this.number = number;
            this.words = words;
        }

        /// As the detail of an entry has it.
        public int number() {
            return number;
        }

        /// The member of this number, in words.
        public static String words(long number) {
            for (PolicyMember member : values()) {
                if (member.number == number) {
                    return member.words;
                }
            }
            return "member " + number;
        }
    }

    /// What came of it.
    public enum Outcome {
        FOUND(1, "found"),
        NONE(2, "none"),
        KEPT(3, "kept"),
        ALLOCATED_THERE(4, "allocated there"),
        SET_ASIDE(5, "set aside"),
        PLACED(6, "placed"),
        FROM_FW_CFG(7, "fw_cfg"),
        FROM_ROM(8, "rom"),
        FROM_DEVICE(9, "device"),
        STALE(10, "stale"),
        INVALID(11, "invalid"),
        REPAIRED(12, "repaired"),
        NOT_NEEDED(13, "not needed"),
        UNKNOWN(14, "unknown"),
        FAILED(15, "failed"),
        DONE(16, "done"),
        DIFFERS(17, "differs"),
        OCCUPIED(18, "occupied"),
        IGNORED(19, "ignored"),
        WITHOUT_VBT(20, "without vbt"),
        IN_USE(21, "in use");

        private final int number;
        private final String words;

        Outcome(int number, String words) {
            this.number = number;
            this.words = words;
        }

        public int number() {
            return number;
        }

        /// As the driver writes it to the debug port.
        public String words() {
            return words;
        }
    }

    public DriverReport {
        entries = List.copyOf(entries);
    }

    /// Reads the variable's data, or a file of efivarfs, which has four bytes of attributes before
    /// them.
    ///
    /// @throws MalformedImageException when it is not a report
    public static DriverReport read(Image file, Location location, Diagnostics diagnostics) {
        boolean prefixed = !file.startsWith(SIGNATURE) && file.matches(ATTRIBUTES_SIZE, SIGNATURE);
        int start = prefixed ? ATTRIBUTES_SIZE : 0;
        Cursor in = new Cursor(file, location);
        in.seek("Signature", start);
        in.expect("Signature", SIGNATURE);
        in.expectU16("Version", VERSION);
        in.expectU16("HeaderSize", HEADER_SIZE);
        int size = in.size("Size", MAX_SIZE);
        int count = in.u16("Entries");
        int lost = in.u16("Lost");
        in.expectU16("EntrySize", ENTRY_SIZE);
        in.skip("reserved", 10);
        if (size != HEADER_SIZE + (long) count * ENTRY_SIZE) {
            throw in.malformed(
                    start + 0x0cL,
                    String.format("Size is 0x%x, %d entries take another", size, count));
        }
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(Entry.read(in));
        }
        if (in.remaining() != 0) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            in.position(),
                            String.format("0x%x bytes behind the report", in.remaining())));
        }
        return new DriverReport(entries, lost);
    }

    /// The variable's data.
    public Image image() {
        Emitter out = new Emitter();
        out.image(SIGNATURE).u16(VERSION).u16(HEADER_SIZE);
        out.u32(HEADER_SIZE + (long) entries.size() * ENTRY_SIZE);
        out.u16(entries.size()).u16(lost).u16(ENTRY_SIZE).fill(0, 10);
        entries.forEach(entry -> entry.write(out));
        return out.toImage();
    }
}
