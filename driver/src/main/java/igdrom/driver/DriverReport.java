package igdrom.driver;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the driver did, step by step, from the guest's variable `IgdromReport`.
///
/// The numbers of steps and outcomes are those of `report.tsv`.
///
/// Spec: docs/driver-data.md, "The report".
///
/// @param lost how many entries were dropped for lack of space
public record DriverReport(List<Entry> entries, int lost) {
    /// The maximum size of the variable.
    public static final int MAX_SIZE = 3872;

    private static final Image SIGNATURE = Image.ofAscii("IGDRPORT");
    private static final int VERSION = 1;
    private static final int HEADER_SIZE = 0x20;
    private static final int ENTRY_SIZE = 24;
    private static final long SIZE_OFFSET = 0x0c;

    /// Spec: Linux, Documentation/filesystems/efivarfs.rst: the variable's attributes precede its
    /// data.
    private static final int ATTRIBUTES_SIZE = 4;

    /// The steps that code asks for; `report.tsv` has all of them.
    public enum Step {
        DEVICE,
        GENERATION,
        OPREGION,
        VBT,
        STOLEN_SIZE,
        STOLEN,
        GOP_POLICY,
        UNDO,
        POLICY_ASKED,
        DISPLAY_STATE;

        public int number() {
            return ReportTable.OURS.stepNumber(name());
        }
    }

    /// The outcomes that code asks for; `report.tsv` has all of them.
    public enum Outcome {
        FOUND,
        NONE,
        KEPT,
        ALLOCATED_THERE,
        SET_ASIDE,
        PLACED,
        FROM_FW_CFG,
        FROM_ROM,
        INVALID,
        REPAIRED,
        NOT_NEEDED,
        UNKNOWN,
        FAILED,
        DONE,
        DIFFERS,
        IGNORED,
        NOT_EMULATED,
        VIRTUAL_FUNCTION;

        public int number() {
            return ReportTable.OURS.outcomeNumber(name());
        }
    }

    /// The members of PlatformGopPolicy that a GOP can ask for.
    public enum PolicyMember {
        LID(1, "lid"),
        VBT(2, "VBT"),
        DOCK(3, "dock");

        private final int number;
        private final String label;

        PolicyMember(int number, String label) {
            this.number = number;
            this.label = label;
        }

        /// As the detail of an entry has it.
        public int number() {
            return number;
        }

        /// The label of the member with this number.
        public static String label(long number) {
            for (PolicyMember member : values()) {
                if (member.number == number) {
                    return member.label;
                }
            }
            return "member " + number;
        }
    }

    /// One step. Numbers of a later driver are kept.
    ///
    /// @param status the low 31 bits of an EFI status, bit 31 for errors; 0 for success
    /// @param value its meaning depends on the step
    /// @param detail its meaning depends on the step
    public record Entry(int stepNumber, int outcomeNumber, long status, long value, long detail) {
        /// A successful step, by the names in `report.tsv`: `of("STOLEN", "PLACED", base, size)`.
        public static Entry of(String step, String outcome, long value, long detail) {
            return new Entry(
                    ReportTable.OURS.stepNumber(step),
                    ReportTable.OURS.outcomeNumber(outcome),
                    0,
                    value,
                    detail);
        }

        public boolean is(Step step) {
            return stepNumber == step.number();
        }

        public boolean is(Outcome outcome) {
            return outcomeNumber == outcome.number();
        }

        public boolean isError() {
            return status >>> 31 != 0;
        }

        /// Whether the user should look at it: something failed, or is not as intended.
        public boolean isProblem() {
            // Ignored: another copy of the driver did it, or there is no device to do it on.
            return isError()
                    ? !is(Outcome.IGNORED)
                    : is(Outcome.FAILED) || is(Outcome.INVALID) || is(Outcome.DIFFERS);
        }

        /// What the step is about, for people: `size of stolen memory`.
        public String subject() {
            ReportTable.Step step = ReportTable.OURS.step(this);
            return step == null ? "step " + stepNumber : step.subject();
        }

        /// What the step did, for people: `64 MiB, from the device (GGC 0x0304)`.
        public String sentence() {
            String sentence = ReportTable.OURS.sentence(this);
            return status == 0 ? sentence : String.format("%s (EFI status 0x%x)", sentence, status);
        }

        /// The step as the driver writes it to the debug port; null for one of a later driver.
        public @Nullable String stepWord() {
            ReportTable.Step step = ReportTable.OURS.step(this);
            return step == null ? null : step.word();
        }

        /// The outcome as the driver writes it to the debug port; null for one of a later driver.
        public @Nullable String outcomeWord() {
            ReportTable.Outcome outcome = ReportTable.OURS.outcome(this);
            return outcome == null ? null : outcome.word();
        }

        /// The device's id, from an entry of [Step#DEVICE].
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

    public DriverReport {
        entries = List.copyOf(entries);
    }

    /// Reads the variable's data, or a file of efivarfs, in which four bytes of attributes come
    /// first.
    ///
    /// @throws MalformedImageException when the file is not a report
    public static DriverReport read(Image file, Location location, Diagnostics diagnostics) {
        boolean prefixed = !file.startsWith(SIGNATURE) && file.matches(ATTRIBUTES_SIZE, SIGNATURE);
        int start = prefixed ? ATTRIBUTES_SIZE : 0;
        Cursor in = new Cursor(file, location);
        in.seek("Signature", start);
        if (!in.image("Signature", SIGNATURE.size()).equals(SIGNATURE)) {
            throw in.malformed(
                    start,
                    "not the variable IgdromReport of a guest: Signature is not \"IGDRPORT\"");
        }
        in.expectU16("Version", VERSION);
        in.expectU16("HeaderSize", HEADER_SIZE);
        int size = in.size("Size", MAX_SIZE);
        int count = in.u16("Entries");
        int lost = in.u16("Lost");
        in.expectU16("EntrySize", ENTRY_SIZE);
        in.skip("reserved", 10);
        if (size != HEADER_SIZE + (long) count * ENTRY_SIZE) {
            throw in.malformed(
                    start + SIZE_OFFSET,
                    String.format(
                            "Size is 0x%x, %d entries need 0x%x",
                            size, count, HEADER_SIZE + (long) count * ENTRY_SIZE));
        }
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(Entry.read(in));
        }
        if (in.remaining() != 0) {
            diagnostics.odd(location, in.position(), "0x%x bytes after the report", in.remaining());
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
