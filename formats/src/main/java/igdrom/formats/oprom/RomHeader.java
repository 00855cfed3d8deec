package igdrom.formats.oprom;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The header at the start of each image. The fields between the signature and the pointer to the
/// PCI data structure depend on the code type.
///
/// Spec: PCI Firmware 3.3, "PCI Expansion ROM Header Format".
public sealed interface RomHeader {
    int SIZE = 0x1a;
    int SIGNATURE = 0xaa55;

    /// Offset of the field InitializationSize.
    int INITIALIZATION_SIZE_OFFSET = 0x02;

    /// Offset of the field PcirOffset.
    int PCIR_OFFSET_OFFSET = 0x18;

    /// The offset of the PCI data structure in the image.
    int pcirOffset();

    /// The value of InitializationSize in bytes; 0 when the code type has no such field.
    long initializationSize();

    void write(Emitter out);

    /// Reads the header of an image with that code type.
    static RomHeader read(Cursor in, int codeType) {
        in.expectU16("Signature", SIGNATURE);
        if (codeType == PciData.X86) {
            return Legacy.read(in);
        }
        boolean efi = in.image().u32(Efi.EFI_SIGNATURE_OFFSET) == Efi.EFI_SIGNATURE;
        return codeType == PciData.EFI && efi ? Efi.read(in) : Other.read(in);
    }

    /// x86 code for a PC-AT compatible BIOS.
    ///
    /// Spec: PCI Firmware 3.3, "PCI Expansion ROM Header Extensions for PC-AT Compatible Systems".
    ///
    /// @param initializationUnits the size that the BIOS copies and checks, in units of 512 bytes
    /// @param entryPoint the code that the BIOS calls to initialize, usually a jump
    /// @param reserved for use by the code
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

        @Override
        public long initializationSize() {
            return initializationUnits * (long) RomImage.UNIT;
        }

        /// The same header with another first reserved byte, which balances the checksum.
        Legacy withChecksum(Image checksum) {
            Image changed = new Emitter().image(checksum).image(reserved.from(1)).toImage();
            return new Legacy(initializationUnits, entryPoint, changed, pcirOffset);
        }
    }

    /// A UEFI driver.
    ///
    /// Spec: UEFI 2.11, "EFI PCI Expansion ROM Header".
    ///
    /// @param initializationUnits the size of the image, in units of 512 bytes
    /// @param machine as in a PE header: 0x8664 for X64
    /// @param compressionType [#UNCOMPRESSED] or [#COMPRESSED]; no other values are defined
    /// @param imageHeaderOffset the offset of the payload in the image
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

        /// Offset of the field EfiSignature.
        static final int EFI_SIGNATURE_OFFSET = 0x04;

        /// Offset of the field CompressionType.
        static final int COMPRESSION_TYPE_OFFSET = 0x0c;

        /// Offset of the field EfiImageHeaderOffset.
        static final int IMAGE_HEADER_OFFSET = 0x16;

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

        @Override
        public long initializationSize() {
            return initializationUnits * (long) RomImage.UNIT;
        }
    }

    /// Any other code type, kept byte for byte.
    record Other(Image unique, int pcirOffset) implements RomHeader {
        static Other read(Cursor in) {
            return new Other(in.image("Unique", 0x16), in.u16("PcirOffset"));
        }

        @Override
        public long initializationSize() {
            return 0;
        }

        @Override
        public void write(Emitter out) {
            out.u16(SIGNATURE).image(unique).u16(pcirOffset);
        }
    }
}
