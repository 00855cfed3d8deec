package igdrom.formats.pe;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.List;
import java.util.Optional;

/// A program as firmware stores it.
public sealed interface Executable permits PeImage, TeImage {
    /// The bytes it was read from, with whatever comes after its extent.
    Image raw();

    Machine machine();

    Subsystem subsystem();

    List<SectionHeader> sections();

    /// How many bytes headers and sections take: the file offset where the last of them ends.
    /// Padding after that, a certificate table too, is no part of the program.
    long extent();

    /// How much a section's PointerToRawData is larger than its offset in the file.
    long stripped();

    void write(Emitter out);

    /// Why a UEFI loader would refuse it, or come to harm with it; nothing when it would load and
    /// start it. A machine or subsystem that is not the loader's is no reason here.
    default Optional<String> loadProblem() {
        return LoadRules.problem(this);
    }

    /// The file offset of a relative virtual address, or -1 when no section's bytes hold it.
    default long fileOffset(long rva) {
        for (SectionHeader section : sections()) {
            if (section.holds(rva)) {
                return section.pointerToRawData() - stripped() + (rva - section.virtualAddress());
            }
        }
        return -1;
    }

    /// The relative virtual address of a file offset, or -1 when no section holds it.
    default long rva(long fileOffset) {
        for (SectionHeader section : sections()) {
            long inside = fileOffset + stripped() - section.pointerToRawData();
            if (inside >= 0 && inside < section.sizeOfRawData()) {
                return section.virtualAddress() + inside;
            }
        }
        return -1;
    }

    /// The bytes of one of [#sections].
    default Image data(SectionHeader section) {
        if (section.sizeOfRawData() == 0) {
            return Image.EMPTY;
        }
        return raw().slice(section.pointerToRawData() - stripped(), section.sizeOfRawData());
    }

    /// Reads an executable of either kind from the start of `image`.
    static Executable read(Image image, Location location, Diagnostics diagnostics) {
        return looksLikeTe(image, 0)
                ? TeImage.read(image, location, diagnostics)
                : PeImage.read(image, location, diagnostics);
    }

    /// A cheap look for scanners: DOS and PE signatures at and behind `offset`.
    static boolean looksLikePe(Image image, long offset) {
        if (offset < 0
                || offset > image.size() - DosHeader.BYTES
                || image.u16(offset) != DosHeader.MAGIC) {
            return false;
        }
        long header = image.u32(offset + DosHeader.BYTES - 4);
        return header >= DosHeader.BYTES
                && header <= image.size() - offset - CoffHeader.BYTES
                && image.u32(offset + header) == CoffHeader.SIGNATURE;
    }

    /// A cheap look for scanners: the TE signature and a known machine at `offset`.
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
