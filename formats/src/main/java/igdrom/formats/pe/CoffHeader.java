package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;

/// The signature `PE\0\0` and the file header after it.
///
/// Spec: PE/COFF, "COFF File Header".
public record CoffHeader(
        Machine machine,
        int numberOfSections,
        long timeDateStamp,
        long pointerToSymbolTable,
        long numberOfSymbols,
        int sizeOfOptionalHeader,
        int characteristics) {
    /// Characteristics: the image runs only at its ImageBase.
    public static final int RELOCS_STRIPPED = 0x0001;

    /// Characteristics: the image can be loaded.
    public static final int EXECUTABLE_IMAGE = 0x0002;

    /// Characteristics: the image can handle addresses above 2 GiB.
    public static final int LARGE_ADDRESS_AWARE = 0x0020;

    /// Characteristics: a dynamic-link library; linkers set it for EFI drivers.
    public static final int DLL = 0x2000;

    /// The size, including the signature.
    static final int BYTES = 24;

    static final long SIGNATURE = 0x0000_4550;

    /// The same header with another NumberOfSections.
    CoffHeader withNumberOfSections(int count) {
        return new CoffHeader(
                machine,
                count,
                timeDateStamp,
                pointerToSymbolTable,
                numberOfSymbols,
                sizeOfOptionalHeader,
                characteristics);
    }

    static CoffHeader read(Cursor in) {
        in.expectU32("Signature", SIGNATURE);
        return new CoffHeader(
                new Machine(in.u16("Machine")),
                in.u16("NumberOfSections"),
                in.u32("TimeDateStamp"),
                in.u32("PointerToSymbolTable"),
                in.u32("NumberOfSymbols"),
                in.u16("SizeOfOptionalHeader"),
                in.u16("Characteristics"));
    }

    void write(Emitter out) {
        out.u32(SIGNATURE)
                .u16(machine.code())
                .u16(numberOfSections)
                .u32(timeDateStamp)
                .u32(pointerToSymbolTable)
                .u32(numberOfSymbols)
                .u16(sizeOfOptionalHeader)
                .u16(characteristics);
    }
}
