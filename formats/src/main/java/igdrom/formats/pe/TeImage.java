package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.List;

/// A terse executable: a PE32 image whose headers were replaced by a short one. Offsets and
/// addresses are still those of the PE32 image.
///
/// Spec: PI 1.9 Volume 1, "TE Image".
///
/// @param strippedSize the size of the headers that were removed
public record TeImage(
        Image raw,
        Machine machine,
        Subsystem subsystem,
        int strippedSize,
        long addressOfEntryPoint,
        long baseOfCode,
        long imageBase,
        DataDirectory baseRelocations,
        DataDirectory debug,
        List<SectionHeader> sections)
        implements Executable {
    static final int MAGIC = 0x5a56;
    static final int HEADER_BYTES = 40;

    public TeImage {
        sections = List.copyOf(sections);
    }

    public static TeImage read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        in.expectU16("Signature", MAGIC);
        Machine machine = new Machine(in.u16("Machine"));
        int count = in.u8("NumberOfSections");
        Subsystem subsystem = new Subsystem(in.u8("Subsystem"));
        int strippedSize = in.u16("StrippedSize");
        return new TeImage(
                image,
                machine,
                subsystem,
                strippedSize,
                in.u32("AddressOfEntryPoint"),
                in.u32("BaseOfCode"),
                in.u64("ImageBase"),
                DataDirectory.read(in),
                DataDirectory.read(in),
                SectionTable.read(in, count, (long) strippedSize - HEADER_BYTES, diagnostics));
    }

    @Override
    public void write(Emitter out) {
        out.u16(MAGIC)
                .u16(machine.code())
                .u8(sections.size())
                .u8(subsystem.code())
                .u16(strippedSize)
                .u32(addressOfEntryPoint)
                .u32(baseOfCode)
                .u64(imageBase);
        baseRelocations.write(out);
        debug.write(out);
        for (SectionHeader section : sections) {
            section.write(out);
        }
        out.image(raw.from(headersEnd()));
    }

    @Override
    public long extent() {
        return SectionTable.end(sections, stripped(), headersEnd());
    }

    @Override
    public long stripped() {
        return (long) strippedSize - HEADER_BYTES;
    }

    private long headersEnd() {
        return HEADER_BYTES + (long) SectionHeader.BYTES * sections.size();
    }
}
