package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.List;
import java.util.Optional;

/// A PE32 or PE32+ executable.
///
/// Spec: PE/COFF, "File Headers" and "Section Table (Section Headers)".
///
/// @param dosStub the bytes between the DOS header and the PE signature
public record PeImage(
        Image raw,
        DosHeader dosHeader,
        Image dosStub,
        CoffHeader coffHeader,
        OptionalHeader optionalHeader,
        List<SectionHeader> sections)
        implements Executable {
    public PeImage {
        sections = List.copyOf(sections);
        if (sections.size() != coffHeader.numberOfSections()
                || optionalHeader.bytes() != coffHeader.sizeOfOptionalHeader()) {
            throw new IllegalArgumentException(
                    "the COFF header contradicts the headers that follow it");
        }
    }

    /// Reads the headers. Sections and later bytes stay as they are in `image`.
    public static PeImage read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        DosHeader dos = DosHeader.read(in);
        Image stub = in.image("DOS stub", dos.peHeaderOffset() - DosHeader.BYTES);
        CoffHeader coff = CoffHeader.read(in);
        long optionalAt = in.position();
        Image bytes = in.image("optional header", coff.sizeOfOptionalHeader());
        OptionalHeader optional =
                OptionalHeader.read(new Cursor(bytes, location.in("optional header", optionalAt)));
        List<SectionHeader> sections =
                SectionTable.read(in, coff.numberOfSections(), 0, diagnostics);
        long sizeOfHeadersAt = optionalAt + OptionalHeader.SIZE_OF_HEADERS_OFFSET;
        if (optional.sizeOfHeaders() > image.size()) {
            throw in.malformed(
                    sizeOfHeadersAt,
                    "SizeOfHeaders is 0x%x, the image ends at 0x%x (PE/COFF, \"Optional Header\")",
                    optional.sizeOfHeaders(),
                    image.size());
        }
        if (optional.sizeOfHeaders() < in.position()) {
            diagnostics.odd(
                    location,
                    sizeOfHeadersAt,
                    "SizeOfHeaders is 0x%x, the headers end at 0x%x",
                    optional.sizeOfHeaders(),
                    in.position());
        }
        return new PeImage(image, dos, stub, coff, optional, sections);
    }

    /// Makes an executable of these sections. File offsets and relative virtual addresses are the
    /// same numbers.
    ///
    /// @param entry offset of the entry point in the first section
    public static PeImage of(
            Machine machine, Subsystem subsystem, long entry, List<NewSection> sections) {
        return new NewImage(!machine.equals(Machine.IA32), sections)
                .build(machine, subsystem, entry);
    }

    @Override
    public void write(Emitter out) {
        writeHeaders(out);
        out.image(raw.from(headersEnd()));
    }

    void writeHeaders(Emitter out) {
        dosHeader.write(out);
        out.image(dosStub);
        coffHeader.write(out);
        optionalHeader.write(out);
        for (SectionHeader section : sections) {
            section.write(out);
        }
    }

    /// The same executable with another section after the others, in the file and in memory. Its
    /// header goes into the unused space after the section table. Nothing else moves, so
    /// relocations and data directories stay valid; CheckSum is updated.
    ///
    /// @throws IllegalStateException when there is no room for the header, other data follows the
    ///   last section, or the image is signed
    public PeImage withSection(NewSection section) {
        return SectionAppender.append(this, section);
    }

    @Override
    public Machine machine() {
        return coffHeader.machine();
    }

    @Override
    public Subsystem subsystem() {
        return optionalHeader.subsystem();
    }

    @Override
    public long addressOfEntryPoint() {
        return optionalHeader.addressOfEntryPoint();
    }

    @Override
    public long extent() {
        return SectionTable.end(
                sections, 0, Math.max(headersEnd(), optionalHeader.sizeOfHeaders()));
    }

    @Override
    public long stripped() {
        return 0;
    }

    /// File offset and size of the certificates of an Authenticode signature.
    ///
    /// Spec: PE/COFF, "The Attribute Certificate Table (Image Only)".
    public Optional<DataDirectory> certificates() {
        return directory(OptionalHeader.CERTIFICATE_TABLE);
    }

    /// The data directory with that index, unless it is missing or empty.
    public Optional<DataDirectory> directory(int number) {
        List<DataDirectory> directories = optionalHeader.directories();
        return number < directories.size() && !directories.get(number).isEmpty()
                ? Optional.of(directories.get(number))
                : Optional.empty();
    }

    /// The correct value of CheckSum. In a file, 0 means that the checksum was not computed.
    ///
    /// Source: the Windows function CheckSumMappedFile, as in EDK2 BaseTools/Source/C/GenFw: the
    /// sum of all 16-bit words with their carries, the field itself as zero, plus the file size.
    public long computedCheckSum() {
        long field = checkSumOffset();
        long sum = raw.sumOfWords();
        if (raw.size() % 2 != 0) {
            sum += raw.u8(raw.size() - 1);
        }
        // Subtract the field byte by byte: it straddles words when the PE header is at an odd
        // offset.
        for (long at = field; at < field + 4; at++) {
            sum -= (long) raw.u8(at) << (8 * (at & 1));
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum + raw.size();
    }

    /// File offset of CheckSum, which has four bytes.
    public long checkSumOffset() {
        return optionalStart() + OptionalHeader.CHECKSUM_OFFSET;
    }

    long optionalStart() {
        return dosHeader.peHeaderOffset() + CoffHeader.BYTES;
    }

    long headersEnd() {
        return optionalStart()
                + coffHeader.sizeOfOptionalHeader()
                + (long) SectionHeader.BYTES * sections.size();
    }
}
