package igdrom.formats.oprom;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The header that each image of a ROM starts with. What stands between its signature and the
/// pointer to the PCI data structure depends on the code type.
///
/// Spec: PCI Firmware 3.3, "PCI Expansion ROM Header Format".
public sealed interface RomHeader {
    int SIZE = 0x1a;
    int SIGNATURE = 0xaa55;

    /// Where the PCI data structure is, from the image's start.
    int pcirOffset();

    void write(Emitter out);

    /// Reads the form that belongs to the code type of the PCI data structure.
    static RomHeader read(Cursor in, int codeType) {
        in.expectU16("Signature", SIGNATURE);
        if (codeType == PciData.X86) {
            return Legacy.read(in);
        }
        boolean efi = in.image().u32(in.position() + 2) == Efi.EFI_SIGNATURE;
        return codeType == PciData.EFI && efi ? Efi.read(in) : Other.read(in);
    }

    /// x86 code for a PC-AT compatible BIOS.
    ///
    /// Spec: PCI Firmware 3.3, "PCI Expansion ROM Header Extensions for PC-AT Compatible Systems".
    ///
    /// @param initializationUnits what the BIOS copies and checks, in units of 512 bytes
    /// @param entryPoint where INIT is called, as a rule a jump
    /// @param reserved of the code's own use
    record Legacy(int initializationUnits, Image entryPoint, Image reserved, int pcirOffset)
            implements RomHeader {
        static Legacy read(Cursor in) {
            return new Legacy(
                    in.u8("InitializationSize"),
                    in.image("EntryPoint", 3),
                    in.image("Reserved", 18),
                    in.u16("PcirOffset"));
        }

        @Override
        public void write(Emitter out) {
            out.u16(SIGNATURE).u8(initializationUnits);
            out.image(entryPoint).image(reserved).u16(pcirOffset);
        }

        public long initializationSize() {
            return initializationUnits * (long) RomImage.UNIT;
        }

        /// The same with another first reserved byte.
        Legacy withChecksum(Image settled) {
            Image changed = new Emitter().image(settled).image(reserved.from(1)).toImage();
            return new Legacy(initializationUnits, entryPoint, changed, pcirOffset);
        }
    }

    /// A UEFI driver.
    ///
    /// Spec: UEFI 2.11, "EFI PCI Expansion ROM Header".
    ///
    /// @param initializationUnits of the image, in units of 512 bytes
    /// @param machine as in a PE header: 0x8664 for X64
    /// @param compressionType 0 for a plain PE, 1 for UEFI compression; others are not defined
    /// @param imageHeaderOffset where the payload starts, from the image's start
    record Efi(
            int initializationUnits,
            int subsystem,
            int machine,
            int compressionType,
            Image reserved,
            int imageHeaderOffset,
            int pcirOffset)
            implements RomHeader {
        public static final long EFI_SIGNATURE = 0x0ef1;
        public static final int UNCOMPRESSED = 0;
        public static final int COMPRESSED = 1;

        static Efi read(Cursor in) {
            int initializationUnits = in.u16("InitializationSize");
            in.expectU32("EfiSignature", EFI_SIGNATURE);
            return new Efi(
                    initializationUnits,
                    in.u16("EfiSubsystem"),
                    in.u16("EfiMachineType"),
                    in.u16("CompressionType"),
                    in.image("Reserved", 8),
                    in.u16("EfiImageHeaderOffset"),
                    in.u16("PcirOffset"));
        }

        @Override
        public void write(Emitter out) {
            out.u16(SIGNATURE).u16(initializationUnits).u32(EFI_SIGNATURE);
            out.u16(subsystem).u16(machine).u16(compressionType).image(reserved);
            out.u16(imageHeaderOffset).u16(pcirOffset);
        }

        public long initializationSize() {
            return initializationUnits * (long) RomImage.UNIT;
        }
    }

    /// Any other code type, kept as it is.
    record Other(Image unique, int pcirOffset) implements RomHeader {
        static Other read(Cursor in) {
            return new Other(in.image("Unique", 0x16), in.u16("PcirOffset"));
        }

        @Override
        public void write(Emitter out) {
            out.u16(SIGNATURE).image(unique).u16(pcirOffset);
        }
    }
}
