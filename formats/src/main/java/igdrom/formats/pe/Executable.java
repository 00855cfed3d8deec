package igdrom.formats.pe;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.List;
import java.util.Optional;

/// A program in firmware.
public sealed interface Executable permits PeImage, TeImage {
    /// The bytes it was read from, including those after [#extent].
    Image raw();

    Machine machine();

    Subsystem subsystem();

    /// The relative virtual address of the entry point.
    long addressOfEntryPoint();

    List<SectionHeader> sections();

    /// The file offset at which headers and sections end. Later bytes, such as padding or a
    /// certificate table, are not part of the program.
    long extent();

    /// The number of header bytes that were removed, by which the PointerToRawData of a section
    /// exceeds its file offset.
    long stripped();

    void write(Emitter out);

    /// The reason why a UEFI loader would refuse the program or start it broken, if any. Machine
    /// and subsystem are not considered.
    default Optional<String> loadProblem() {
        return LoadRules.violation(this);
    }

    /// The file offset of a relative virtual address, or -1 when it is in no section's data.
    default long fileOffset(long rva) {
        for (SectionHeader section : sections()) {
            if (section.holds(rva)) {
                return section.pointerToRawData() - stripped() + (rva - section.virtualAddress());
            }
        }
        return -1;
    }

    /// The relative virtual address of a file offset, or -1 when it is in no section's data.
    default long rva(long fileOffset) {
        for (SectionHeader section : sections()) {
            long inside = fileOffset + stripped() - section.pointerToRawData();
            if (inside >= 0 && inside < section.sizeOfRawData()) {
                return section.virtualAddress() + inside;
            }
        }
        return -1;
    }

    /// The data of one of [#sections].
    default Image data(SectionHeader section) {
        if (section.sizeOfRawData() == 0) {
            return Image.EMPTY;
        }
        return raw().slice(section.pointerToRawData() - stripped(), section.sizeOfRawData());
    }

    /// Reads the PE or TE image at the start of `image`.
    static Executable read(Image image, Location location, Diagnostics diagnostics) {
        return looksLikeTe(image, 0)
                ? TeImage.read(image, location, diagnostics)
                : PeImage.read(image, location, diagnostics);
    }

    /// Whether a PE image may start at `offset`: a quick check of both signatures, for scanners.
    static boolean looksLikePe(Image image, long offset) {
        if (offset < 0
                || offset > image.size() - DosHeader.BYTES
                || image.u16(offset) != DosHeader.MAGIC) {
            return false;
        }
        long header = image.u32(offset + DosHeader.PE_HEADER_OFFSET);
        return header >= DosHeader.BYTES
                && header <= image.size() - offset - CoffHeader.BYTES
                && image.u32(offset + header) == CoffHeader.SIGNATURE;
    }

    /// Whether a TE image may start at `offset`: a quick check of signature and machine, for
    /// scanners.
    static boolean looksLikeTe(Image image, long offset) {
        if (offset < 0
                || offset > image.size() - TeImage.HEADER_BYTES
                || image.u16(offset) != TeImage.MAGIC) {
            return false;
        }
        Machine machine = new Machine(image.u16(offset + 2));
        return machine.equals(Machine.X64)
                || machine.equals(Machine.IA32)
                || machine.equals(Machine.EBC)
                || machine.equals(Machine.ARM)
                || machine.equals(Machine.ARM64)
                || machine.equals(Machine.RISCV64)
                || machine.equals(Machine.LOONGARCH64);
    }
}
